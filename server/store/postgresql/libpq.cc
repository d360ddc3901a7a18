#include "server/store/postgresql/libpq.h"

#include <dlfcn.h>
#include <libpq-fe.h>

#include "core/base/result.h"

namespace filrouge::postgresql {

namespace {

void* library() {
  static void* const handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  return handle;
}

template <class Function>
Function* found(const char* name) {
  verify(library() != nullptr);
  void* const place = dlsym(library(), name);
  verify(place != nullptr);
  return reinterpret_cast<Function*>(place);
}

}  // namespace

bool libpq_is_there() { return library() != nullptr; }

}  // namespace filrouge::postgresql

// What the program calls of libpq-fe.h, passed on to the library.
#define PASS_ON(type, name, parameters, values)                                   \
  type name parameters {                                                          \
    static auto* const real = filrouge::postgresql::found<decltype(name)>(#name); \
    return real values;                                                           \
  }

extern "C" {
PASS_ON(PQconninfoOption*, PQconninfoParse, (const char* a, char** b), (a, b))
PASS_ON(void, PQconninfoFree, (PQconninfoOption * a), (a))
PASS_ON(PGconn*, PQconnectdb, (const char* a), (a))
PASS_ON(PGconn*, PQconnectdbParams, (const char* const* a, const char* const* b, int c), (a, b, c))
PASS_ON(PGPing, PQping, (const char* a), (a))
PASS_ON(void, PQfinish, (PGconn * a), (a))
PASS_ON(ConnStatusType, PQstatus, (const PGconn* a), (a))
PASS_ON(PGTransactionStatusType, PQtransactionStatus, (const PGconn* a), (a))
PASS_ON(char*, PQerrorMessage, (const PGconn* a), (a))
PASS_ON(int, PQsocket, (const PGconn* a), (a))
PASS_ON(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn * a, PQnoticeReceiver b, void* c), (a, b, c))
PASS_ON(int, PQsetnonblocking, (PGconn * a, int b), (a, b))
PASS_ON(int, PQenterPipelineMode, (PGconn * a), (a))
PASS_ON(int, PQexitPipelineMode, (PGconn * a), (a))
PASS_ON(int, PQpipelineSync, (PGconn * a), (a))
PASS_ON(PGresult*, PQexec, (PGconn * a, const char* b), (a, b))
PASS_ON(int, PQsendPrepare, (PGconn * a, const char* b, const char* c, int d, const Oid* e),
        (a, b, c, d, e))
PASS_ON(int, PQsendQueryParams,
        (PGconn * a, const char* b, int c, const Oid* d, const char* const* e, const int* f,
         const int* g, int h),
        (a, b, c, d, e, f, g, h))
PASS_ON(int, PQsendQueryPrepared,
        (PGconn * a, const char* b, int c, const char* const* d, const int* e, const int* f, int g),
        (a, b, c, d, e, f, g))
PASS_ON(int, PQflush, (PGconn * a), (a))
PASS_ON(int, PQisBusy, (PGconn * a), (a))
PASS_ON(int, PQconsumeInput, (PGconn * a), (a))
PASS_ON(PGresult*, PQgetResult, (PGconn * a), (a))
PASS_ON(ExecStatusType, PQresultStatus, (const PGresult* a), (a))
PASS_ON(char*, PQresultErrorField, (const PGresult* a, int b), (a, b))
PASS_ON(int, PQntuples, (const PGresult* a), (a))
PASS_ON(char*, PQcmdTuples, (PGresult * a), (a))
PASS_ON(char*, PQgetvalue, (const PGresult* a, int b, int c), (a, b, c))
PASS_ON(int, PQgetlength, (const PGresult* a, int b, int c), (a, b, c))
PASS_ON(int, PQgetisnull, (const PGresult* a, int b, int c), (a, b, c))
PASS_ON(void, PQclear, (PGresult * a), (a))
}

#undef PASS_ON
