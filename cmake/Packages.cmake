# Debian packages the server and the tests link. script/build installs them.

find_package(Threads REQUIRED)
find_package(GTest QUIET)
find_package(benchmark QUIET)
find_library(RAPIDCHECK_LIBRARY rapidcheck)

function(filrouge_system_library name library header)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  find_path(${name}_INCLUDE ${header} REQUIRED PATH_SUFFIXES postgresql)
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE ${${name}_LIBRARY})
endfunction()
filrouge_system_library(sodium sodium sodium.h)
filrouge_system_library(sqlite sqlite3 sqlite3.h)
# libpq is loaded when it is needed (server/store/postgresql/libpq.h): its header alone.
find_path(pq_INCLUDE libpq-fe.h REQUIRED PATH_SUFFIXES postgresql)
add_library(pq INTERFACE)
target_include_directories(pq SYSTEM INTERFACE ${pq_INCLUDE})
target_link_libraries(pq INTERFACE ${CMAKE_DL_LIBS})
