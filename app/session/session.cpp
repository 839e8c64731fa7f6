// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include <QRegularExpression>
#include <QUndoCommand>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/new_designs.h"
#include "core/base/error.h"
#include "core/explore/budget.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"

namespace pimento {

// The view before and after: undo restores it exactly, whatever was changed.
class ViewChange : public QUndoCommand {
 public:
  ViewChange(Session &session, const QString &text, const ViewState &to, int drag)
      : QUndoCommand(text), m_session(session), m_from(session.view()), m_to(to), m_drag(drag) {}
  void undo() override { m_session.show(m_from); }
  void redo() override { m_session.show(m_to); }
  [[nodiscard]] int id() const override { return m_drag == 0 ? -1 : m_drag; }
  bool mergeWith(const QUndoCommand *next) override {
    const auto *later = static_cast<const ViewChange *>(next);
    m_to = later->m_to;
    setText(later->text());
    setObsolete(m_to == m_from);
    return true;
  }

 private:
  Session &m_session;
  ViewState m_from;
  ViewState m_to;
  int m_drag;
};

// Estimates, the profiles they are made for and runs, with the view: undo restores them exactly.
class DesignsChange : public QUndoCommand {
 public:
  DesignsChange(Session &session, const QString &text, Session::Designs to)
      : QUndoCommand(text), m_session(session), m_from(session.designs()), m_to(std::move(to)) {}
  void undo() override { m_session.show(m_from); }
  void redo() override { m_session.show(m_to); }

 private:
  Session &m_session;
  Session::Designs m_from;
  Session::Designs m_to;
};

namespace {

// Names of a project's tables are unique.
QString freeName(const std::vector<StoredTable> &tables, const QString &wanted) {
  const auto taken = [&](const QString &name) {
    return std::any_of(tables.begin(), tables.end(), [&](const StoredTable &table) { return table.name == name; });
  };
  QString name = wanted;
  for (int i = 2; taken(name); ++i) name = QStringLiteral("%1 %2").arg(wanted).arg(i);
  return name;
}

}  // namespace

Session::Session(QObject *parent) : QObject(parent) {
  connect(&m_undo, &QUndoStack::cleanChanged, this, &Session::documentChanged);
}

void Session::open(const Project &project, const QString &path) { open({project, pimento::study(project)}, path); }

void Session::open(StudiedProject made, const QString &path) {
  m_undo.clear();
  m_open = true;
  m_added = false;
  m_path = path;
  m_project = std::move(made.project);
  const Project &project = m_project;
  m_view = viewFromJson(project.view);
  const bool axesKept = project.view.contains(QStringLiteral("x")) || project.view.contains(QStringLiteral("y"));
  if (!axesKept) chooseAxes(m_view, made.study.table);
  if (project.published) m_view.corrections = project.published->corrections;
  take(std::move(made.study), project.view[QStringLiteral("selection")].toString());
  // A first look at something: the design where the front bends most.
  if (!m_selected) select(knee(m_study.table, m_front, m_view.objectives, KneeSpace::Linear));
  Q_EMIT opened();
  Q_EMIT documentChanged();
}

Project Session::project() const {
  Project project = m_project;
  const QJsonObject view = toJson(m_view);
  for (auto it = view.begin(); it != view.end(); ++it) project.view[it.key()] = *it;
  for (const QString &key : optionalViewKeys())
    if (!view.contains(key)) project.view.remove(key);
  project.view.remove(QStringLiteral("selection"));
  if (m_selected) project.view[QStringLiteral("selection")] = m_study.table.id(*m_selected);
  if (project.published) project.published->corrections = m_view.corrections;
  return project;
}

void Session::saved(const QString &path) {
  m_path = path;
  m_added = false;
  m_undo.setClean();
  Q_EMIT documentChanged();
}

void Session::setUnsaved() {
  m_added = true;
  Q_EMIT documentChanged();
}

void Session::close() {
  m_undo.clear();
  m_open = false;
  m_added = false;
  m_path.clear();
  m_project = {};
  m_view = {};
  take({}, {});
  Q_EMIT opened();
  Q_EMIT documentChanged();
}

std::size_t Session::addTable(const StoredTable &points) {
  StoredTable fresh{freeName(m_project.tables, points.name), newDesigns(m_study.table, points)};
  const std::size_t added = fresh.table.size();
  if (m_open && added == 0) return 0;
  Study grown = m_study;  // a project's own tables are the last of its points
  grown.table.append(fresh.table);
  if (!m_open) {
    startWith(std::move(fresh), std::move(grown));
    return added;
  }
  Designs to = designs();
  const QString text = QStringLiteral("Add the designs of %1").arg(fresh.name);
  to.tables.push_back(std::move(fresh));
  m_next = std::move(grown);
  m_undo.push(new DesignsChange(*this, text, std::move(to)));
  return added;
}

void Session::startWith(StoredTable points, Study made) {
  chooseAxes(m_view, made.table);
  m_project.title = points.name;
  m_project.tables.push_back(std::move(points));
  m_open = true;
  m_added = true;
  take(std::move(made), {});
  Q_EMIT documentChanged();
}

std::optional<std::uint32_t> Session::headOf(std::uint32_t row) const {
  if (!m_heads) m_heads.emplace(m_study.table);
  return m_heads->of(m_study.table.key(row));
}

void Session::Designs::putInto(Project &project) const {
  project.estimates = estimates;
  project.accelerators = accelerators;
  project.runs = runs;
  project.tables = tables;
  if (project.published) project.published = PublishedChoice{view.corrections};
}

Study Session::studied(const Designs &designs) const {
  Project project = m_project;
  designs.putInto(project);
  return pimento::study(project, &m_study);
}

void Session::push(const QString &text, const Designs &to) {
  m_next = studied(to);  // throws for what can not be made, before anything has changed
  m_undo.push(new DesignsChange(*this, text, to));
}

void Session::addEstimate(const QString &text, const EstimateChoice &estimate, const ViewState &view) {
  Designs to = designs();
  to.estimates.push_back(estimate);
  to.view = view;
  push(text, to);
}

void Session::keepProfile(const Accelerator &base, const QString &name) {
  const QString place = QStringLiteral("profile %1").arg(quoted(name));
  static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9 ._+-]{0,59}$"));
  if (!plain.match(name).hasMatch() || name.trimmed() != name)
    throw Error(place, QStringLiteral("is no name for a profile"),
                QStringLiteral("letters, digits, spaces and . _ + - make one"));
  if (m_project.accelerators.contains(name) || builtInProfiles().contains(name) || m_study.table.find(name))
    throw Error(place, QStringLiteral("the name is taken"), QStringLiteral("choose another"));
  Accelerator kept = withChanges(base, m_view.whatIf, QStringLiteral("what-if on %1").arg(base.name));
  validate(kept, place);
  kept.name = name;
  kept.title = QStringLiteral("%1 with %2 changed parameters")
                   .arg(base.title.isEmpty() ? base.name : base.title)
                   .arg(changesBetween(base, kept).size());
  Designs to = designs();
  for (const auto &estimate : m_study.estimates) {
    if (hash(*estimate->accelerator) != hash(base)) continue;
    const EstimateChoice &choice = estimate->choice;
    to.estimates.push_back(choice);
    to.estimates.back().accelerator = name;
    to.estimates.back().bits = m_view.whatIfBits.value_or(choice.bits);
  }
  if (to.estimates.size() == m_project.estimates.size())
    throw Error(place, QStringLiteral("no estimate is made for %1").arg(base.name),
                QStringLiteral("add estimates of a network first"));
  to.accelerators[name] = writeProfile(kept);
  to.view.endWhatIf();
  push(QStringLiteral("Keep the profile %1").arg(name), to);
}

void Session::show(const Designs &designs) {
  const QString selected = m_selected ? m_study.table.id(*m_selected) : QString();
  designs.putInto(m_project);
  m_view = designs.view;
  Study next = m_next ? std::move(*m_next) : pimento::study(m_project, &m_study);
  m_next.reset();
  take(std::move(next), selected);
}

void Session::evaluateWhatIf() {
  m_whatIf = {};
  if (!m_view.supposes()) return;
  if (!m_estimates) m_estimates.emplace(m_study);
  std::vector<std::uint32_t> rows = m_rows.rows;
  if (m_selected && std::find(rows.begin(), rows.end(), *m_selected) == rows.end()) rows.push_back(*m_selected);
  m_whatIf = m_estimates->evaluate(m_study.table, rows, m_view.whatIf, m_view.whatIfBits);
}

void Session::change(const QString &text, const ViewState &to, int drag) {
  if (to != m_view) m_undo.push(new ViewChange(*this, text, to, drag));
}

void Session::sortBy(std::optional<SortBy> sort) {
  ViewState view = m_view;
  view.sort = sort;
  change(QStringLiteral("Sort the table"), view);
}

void Session::show(const ViewState &view) {
  const bool corrected = m_project.published && view.corrections != m_view.corrections;
  const bool pinned = view.pins != m_view.pins;
  ViewState shown = view;
  shown.pins = m_view.pins;
  const bool zoomed = shown.zoom != m_view.zoom;
  shown.zoom = m_view.zoom;
  const bool supposed = shown.whatIf != m_view.whatIf || shown.whatIfBits != m_view.whatIfBits;
  shown.whatIf = m_view.whatIf;
  shown.whatIfBits = m_view.whatIfBits;
  const bool looks = shown != m_view;
  m_view = view;
  if (corrected) {
    m_project.published = PublishedChoice{view.corrections};
    const QString selected = m_selected ? m_study.table.id(*m_selected) : QString();
    return take(pimento::study(m_project, &m_study), selected);
  }
  if (looks) rebuildView();
  if (zoomed && !looks) Q_EMIT zoomChanged();
  if (supposed && !looks) {
    evaluateWhatIf();
    Q_EMIT whatIfChanged();
  }
  if (!pinned) return;
  rebuildPins();
  Q_EMIT pinsChanged();
}

void Session::take(Study study, const QString &selected) {
  m_study = std::move(study);
  m_heads.reset();
  m_estimates.reset();
  m_selected = selected.isEmpty() ? std::nullopt : rowWithId(m_study.table, selected);
  findRows();
  rebuildPins();
  Q_EMIT tableChanged();
  Q_EMIT viewChanged();
  Q_EMIT pinsChanged();
  Q_EMIT selectionChanged();
}

void Session::rebuildPins() {
  m_pinned.clear();
  for (const QString &id : m_view.pins)
    if (const auto row = rowWithId(m_study.table, id)) m_pinned.push_back(*row);
}

bool Session::isOverBudget(std::uint32_t row) const {
  return std::any_of(m_view.budgets.begin(), m_view.budgets.end(), [&](const auto &budget) {
    return !keeps({budget.first, budget.second}, m_study.table.column(budget.first)[row]);
  });
}

// Only what keeps the budgets competes; the rest stays in view.
void Session::findRows() {
  m_rows = makeView(m_study.table, m_view.filter, m_view.sort);
  m_competing = m_rows.rows;
  if (!m_view.budgets.empty()) std::erase_if(m_competing, [this](std::uint32_t row) { return isOverBudget(row); });
  m_front = nonDominated(m_study.table, m_competing, m_view.objectives, m_view.invalid);
  evaluateWhatIf();
}

void Session::rebuildView() {
  findRows();
  Q_EMIT viewChanged();
  if (!m_selected || std::find(m_rows.rows.begin(), m_rows.rows.end(), *m_selected) != m_rows.rows.end()) return;
  if (const auto twin = twinOf(*m_selected)) select(twin);
}

// The same variant on the same platform as the view has it now: the head of a whole inference, another data set.
std::optional<std::uint32_t> Session::twinOf(std::uint32_t row) const {
  const DesignKey &key = m_study.table.key(row);
  for (const std::uint32_t other : m_rows.rows) {
    const DesignKey &candidate = m_study.table.key(other);
    if (candidate.network == key.network && candidate.variant == key.variant && candidate.platform == key.platform)
      return other;
  }
  return std::nullopt;
}

void Session::select(std::optional<std::uint32_t> row) {
  if (row == m_selected) return;
  m_selected = row;
  evaluateWhatIf();
  Q_EMIT selectionChanged();
}

bool Session::isPinned(std::uint32_t row) const {
  return std::find(m_pinned.begin(), m_pinned.end(), row) != m_pinned.end();
}

void Session::togglePin(std::uint32_t row) {
  ViewState view = m_view;
  const QString id = m_study.table.id(row);
  const bool wasPinned = view.pins.removeAll(id) > 0;
  if (!wasPinned) view.pins << id;
  change((wasPinned ? QStringLiteral("Unpin %1") : QStringLiteral("Pin %1")).arg(designName(m_study.table, row)), view);
  if (!wasPinned) Q_EMIT pinned();
}

std::optional<std::uint32_t> rowWithId(const DesignTable &table, const QString &id) {
  const QStringView text(id);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    // The id begins with the names of the key, so a cheap look at the first two leaves few rows to spell out.
    const DesignKey &key = table.key(row);
    const QString &network = table.name(key.network);
    if (!text.startsWith(network)) continue;
    const QString &variant = table.name(key.variant);
    if (!network.isEmpty() && !text.mid(network.size() + 1).startsWith(variant)) continue;
    if (table.id(row) == id) return row;
  }
  return std::nullopt;
}

}  // namespace pimento
