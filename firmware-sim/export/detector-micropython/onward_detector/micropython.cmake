add_library(onward_usermod INTERFACE)
target_sources(onward_usermod INTERFACE ${CMAKE_CURRENT_LIST_DIR}/onward_module.c ${CMAKE_CURRENT_LIST_DIR}/src/detector.c)
target_compile_definitions(onward_usermod INTERFACE ONWARD_SEVERAL)
target_link_libraries(usermod INTERFACE onward_usermod)
