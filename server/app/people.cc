// Being written since 12:45 by the hand that wrote intake.cc and receive.cc.
