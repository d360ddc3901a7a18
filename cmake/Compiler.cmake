# Warnings (all errors), sanitizers, reproducible paths, ccache when the machine has it.

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(FILROUGE_CCACHE ccache)
  if(FILROUGE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${FILROUGE_CCACHE})
  endif()
endif()

add_library(filrouge_options INTERFACE)
target_include_directories(filrouge_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(filrouge_options INTERFACE
  -Werror -Wall -Wextra -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wno-missing-field-initializers
  -fdiagnostics-color=auto -ffunction-sections -fdata-sections
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=
  $<$<CXX_COMPILER_ID:Clang>:-Wshadow -Wextra-semi -Wunused-lambda-capture>
  # g++ 12 reports these on correct code of its own standard library.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow
    -Wno-stringop-overread -Wno-array-bounds -Wno-dangling-pointer -Wno-free-nonheap-object>)

if(FILROUGE_SANITIZE)
  # vptr needs RTTI, which core is built without.
  add_compile_options(-fsanitize=${FILROUGE_SANITIZE} -fno-sanitize-recover=all)
  if(FILROUGE_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr,function)
  endif()
  add_link_options(-fsanitize=${FILROUGE_SANITIZE})
endif()
if(FILROUGE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT CMAKE_SYSTEM_NAME STREQUAL "WASI")
  add_link_options(-fuse-ld=lld)
endif()
