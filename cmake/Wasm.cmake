# core.wasm: a reactor that exports alloc, free_, call and out. It has no exceptions and no RTTI;
# -Oz (the preset): a sixth less to download than -Os. Boost and nlohmann come through a private
# folder, for the whole of /usr/include belongs to another libc.

# clang passes what it links to wasm-opt where it finds one, and says nothing where it does not: the
# size of what phones download must not hang on the machine that built it.
find_program(FILROUGE_WASM_OPT wasm-opt REQUIRED)

set(private_include ${PROJECT_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${private_include})
foreach(library boost nlohmann)
  if(NOT EXISTS ${private_include}/${library})
    file(CREATE_LINK /usr/include/${library} ${private_include}/${library} SYMBOLIC)
  endif()
endforeach()
target_include_directories(filrouge_options SYSTEM INTERFACE ${private_include})

if(TARGET filrouge_core AND EXISTS ${PROJECT_SOURCE_DIR}/core/wasm/exports.cc)
  add_executable(core core/wasm/exports.cc)
  target_link_libraries(core PRIVATE filrouge_core)
  target_compile_options(core PRIVATE -fno-exceptions -fno-rtti)
  target_link_options(core PRIVATE -mexec-model=reactor -Wl,--strip-all -Wl,--gc-sections
    -Wl,--export-if-defined=alloc -Wl,--export-if-defined=free_ -Wl,--export-if-defined=call
    -Wl,--export-if-defined=out)
endif()
