// Being written: see server/app/use_cases.h.
