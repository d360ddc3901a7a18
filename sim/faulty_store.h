// The Store as one server of the node sees it: the real one, with a moment before each append in
// which another server may write first, and the planted bugs that live in a store.
#pragma once

#include <functional>

#include "sim/node_store.h"

namespace filrouge::sim {

class FaultyStore final : public Store {
 public:
  // `before_append` is called outside every lock of the store.
  FaultyStore(NodeStore& real, std::function<void()> before_append)
      : real_(real), before_append_(std::move(before_append)) {}

  Result<Appended> append(Append&& append) override;
  Result<std::optional<std::int64_t>> find_entry(EntryId id) override;
  Result<std::vector<LogRow>> log_after(std::int64_t recv_seq, std::size_t limit) override;

  Result<bool> is_undone(EntryId id) override { return real_.is_undone(id); }
  Result<std::vector<StoredEntry>> entries_of(SubjectId subject) override {
    return real_.entries_of(subject);
  }
  Result<std::vector<StoredEntry>> entries(const std::vector<EntryId>& ids) override {
    return real_.entries(ids);
  }
  Result<std::vector<EntryCount>> count_entries(const std::vector<EntryId>& ids) override {
    return real_.count_entries(ids);
  }
  Result<MerkleFrontier> log_head() override { return real_.log_head(); }
  Result<std::optional<StoredState>> state(SubjectId subject) override {
    return real_.state(subject);
  }
  Result<std::vector<StoredState>> states(const StateFilter& filter) override {
    return real_.states(filter);
  }
  Result<std::vector<SubjectId>> find_tokens(const SearchToken& token) override;
  Result<std::vector<Fact>> facts(const FactFilter& filter, std::size_t limit) override {
    return real_.facts(filter, limit);
  }
  Result<std::vector<FactCount>> count_facts(const FactFilter& filter, Dimension by) override {
    return real_.count_facts(filter, by);
  }
  Result<std::vector<FirstContactCount>> count_first_contacts(const FactFilter& filter,
                                                              Dimension by,
                                                              CivilDate today) override {
    return real_.count_first_contacts(filter, by, today);
  }
  Result<std::vector<PersonFact>> linked_persons() override { return real_.linked_persons(); }
  Result<std::vector<PersonFact>> person_facts(const std::vector<Pseudonym>& persons) override {
    return real_.person_facts(persons);
  }
  Result<std::vector<QuarantineRow>> quarantine(std::optional<SubjectId> organisation,
                                                bool unresolved_only) override {
    return real_.quarantine(organisation, unresolved_only);
  }
  Result<std::optional<QuarantineRow>> quarantined(EntryId id) override {
    return real_.quarantined(id);
  }
  Status resolve_quarantine(EntryId id, bool keep_content) override {
    return real_.resolve_quarantine(id, keep_content);
  }
  Result<std::vector<LedgerRow>> ledger(std::optional<SubjectId> subject,
                                        std::optional<SubjectId> organisation,
                                        std::size_t limit) override {
    return real_.ledger(subject, organisation, limit);
  }
  Result<std::int64_t> opened_since(SubjectId account, Instant since) override {
    return real_.opened_since(account, since);
  }
  Status put_blob(const StoredBlob& blob) override { return real_.put_blob(blob); }
  Result<std::optional<StoredBlob>> blob(SubjectId owner, const std::string& name) override {
    return real_.blob(owner, name);
  }
  Result<std::vector<std::string>> blob_names(SubjectId owner, const std::string& prefix) override {
    return real_.blob_names(owner, prefix);
  }
  Status drop_blobs(SubjectId owner, const std::string& prefix) override {
    return real_.drop_blobs(owner, prefix);
  }
  Status put_communes(const std::vector<Commune>& communes) override {
    return real_.put_communes(communes);
  }
  Result<std::optional<Commune>> commune(const std::string& code) override {
    return real_.commune(code);
  }
  Result<std::vector<Commune>> find_communes(const std::string& folded_prefix,
                                             std::size_t limit) override {
    return real_.find_communes(folded_prefix, limit);
  }
  Status put_outlines(const std::vector<Outline>& outlines) override {
    return real_.put_outlines(outlines);
  }
  Result<std::vector<Outline>> outlines() override { return real_.outlines(); }
  Status backup(const std::string& path) override { return real_.backup(path); }

 private:
  Status damage_before(const Append& append);
  Result<Appended> pretend(const Append& append);

  NodeStore& real_;
  std::function<void()> before_append_;
};

}  // namespace filrouge::sim
