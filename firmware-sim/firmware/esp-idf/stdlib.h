#pragma once
_Noreturn void abort(void);
