# The shipped WASI command under Wasmtime: python3 wasi.py WASM FOLDER < lines
import sys
from wasmtime import Engine, ExitTrap, Linker, Module, Store, WasiConfig

engine = Engine()
linker = Linker(engine)
linker.define_wasi()
store = Store(engine)
config = WasiConfig()
config.argv = ["wasi.wasm", "--inputs", "2", "--snapshot", "/state/wasi.onw"]
config.inherit_stdin()
config.inherit_stdout()
config.inherit_stderr()
config.preopen_dir(sys.argv[2], "/state")
store.set_wasi(config)
instance = linker.instantiate(store, Module.from_file(engine, sys.argv[1]))
try:
    instance.exports(store)["_start"](store)
except ExitTrap as trap:
    sys.exit(trap.code)
