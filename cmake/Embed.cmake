# Puts text files into the program: filrouge_embed(<target> <function> <header> <folder> <ext>...)
# writes, in the build folder, a source that defines `std::string_view filrouge::<function>(path)`
# for every <folder>/**/*.<ext>; the key is the path from the root, an unknown one gives an empty
# view. Nothing is done until the header that declares the function exists.

set(FILROUGE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(filrouge_embed target function header folder)
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${header})
    return()
  endif()
  set(patterns ${ARGN})
  list(TRANSFORM patterns REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/${folder}/*.\\1")
  file(GLOB_RECURSE files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS ${patterns})
  list(SORT files)
  set(output ${PROJECT_BINARY_DIR}/generated/${function}.cc)
  set(listing ${PROJECT_BINARY_DIR}/generated/${function}.list)
  list(JOIN files "\n" text)
  file(CONFIGURE OUTPUT ${listing} CONTENT "${text}" @ONLY)
  set(depends ${files})
  list(TRANSFORM depends PREPEND ${PROJECT_SOURCE_DIR}/)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DLISTING=${listing} -DOUTPUT=${output}
      -DFUNCTION=${function} -DHEADER=${header} -P ${FILROUGE_EMBED_SCRIPT}
    DEPENDS ${depends} ${listing} ${FILROUGE_EMBED_SCRIPT}
    COMMENT "embedding ${folder}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
