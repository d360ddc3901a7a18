# filrouge-sim: the simulator, a program of its own. The bugs it can plant are put between the rooms
# by the linker (--wrap: calls from one source to a function of another), so that the libraries it
# links are those of the product, byte for byte.

function(filrouge_sim)
  filrouge_sources(sim sim)
  if(NOT sim OR NOT TARGET filrouge_store_sqlite)
    return()
  endif()
  list(FILTER sim EXCLUDE REGEX "/sim/(main|planted_links)\\.cc$")
  add_library(filrouge_sim_world STATIC EXCLUDE_FROM_ALL ${sim})
  filrouge_link(filrouge_sim_world PUBLIC filrouge_options filrouge_app filrouge_store_sqlite
    filrouge_crypto filrouge_embedded filrouge_core sqlite sodium)
  add_executable(filrouge-sim EXCLUDE_FROM_ALL sim/main.cc)
  filrouge_plants(filrouge-sim)
endfunction()

# Between the rooms of this program, and of no other.
function(filrouge_plants program)
  target_sources(${program} PRIVATE ${PROJECT_SOURCE_DIR}/sim/planted_links.cc)
  target_link_libraries(${program} PRIVATE filrouge_sim_world)
  set(state "St7variantIJSt9monostateNS_17OrganisationStateENS_9TeamStateENS_12ProjectStateE")
  string(APPEND state "NS_10PlaceStateENS_12AccountStateENS_11DeviceStateENS_10RoundStateE")
  string(APPEND state "NS_11PersonStateENS_13FactsRetainedENS_15ComparisonStateEEE")
  set(subject "NS_2IdINS_10SubjectTagEEE")
  set(function "St8functionIF${subject}SA_EE")
  set(view "St17basic_string_viewIcSt11char_traitsIcEE")
  foreach(name IN ITEMS
      6permitERKNS_5ActorE${view}RKNS_6TargetE
      7clampedENS_3HlcENS_7InstantE
      4foldER${state}RKNS_5DraftE
      12hear_answersERNS_11PersonStateERKNS_5DraftERKNS_15ConsentRecordedE
      9sync_stepENS_9SyncStateERKNS_9SyncEventE
      13decide_openedERKNS_5DraftERKNS_11PersonStateE
      12decide_relayERKNS_11PersonStateERKNS_5DraftE
      10visible_toERKNS_11PersonStateERKNS_6ReaderENS_9CivilDateERK${function})
    target_link_options(${program} PRIVATE -Wl,--wrap=_ZN8filrouge${name})
  endforeach()
endfunction()
