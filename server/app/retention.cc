// Being written since 12:42 by the hand that wrote intake.cc and receive.cc, with server/jobs and server/app/testing.
