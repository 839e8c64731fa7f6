// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_result.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr qsizetype MostBytes = 1 << 20;

struct ResultUnit {
  const char *unit;
  double factor;  // to ns, pJ, µW or µm²
};
constexpr ResultUnit ResultUnits[] = {{"fs", 1e-6},   {"ps", 1e-3}, {"ns", 1},    {"us", 1e3}, {"ms", 1e6},
                                      {"s", 1e9},     {"fJ", 1e-3}, {"pJ", 1},    {"nJ", 1e3}, {"uJ", 1e6},
                                      {"pW", 1e-6},   {"nW", 1e-3}, {"uW", 1},    {"mW", 1e3}, {"W", 1e6},
                                      {"nm^2", 1e-6}, {"um^2", 1},  {"mm^2", 1e6}};

// Figures in NVSim's words, and in ours.
struct Figure {
  const char *title;
  const char *name;
  const char *subarray;  // how the line of one sub-array begins in its tree
};
constexpr Figure Figures[] = {{"Total Area", "area_um2", "Subarray Area"},
                              {"Read Latency", "read_latency_ns", "Subarray Latency"},
                              {"Write Latency", "write_latency_ns", "Subarray Latency"},
                              {"Read Dynamic Energy", "read_energy_pj", "Subarray Dynamic Energy"},
                              {"Write Dynamic Energy", "write_energy_pj", "Subarray Dynamic Energy"},
                              {"Leakage Power", "leakage_uw", "Subarray Leakage Power"}};

// One line of a tree.
struct Node {
  int line = 0;
  int depth = 0;
  QString title;
  double value = 0;
  bool repeated = false;  // "per mat"
  std::vector<Node> children;
};

double valueIn(const QString &text, const QString &place, int line) {
  static const QRegularExpression number(QStringLiteral("([-+0-9.eE]+)\\s*([a-zA-Z]+(?:\\^2)?)"));
  QRegularExpressionMatchIterator all = number.globalMatch(text.section(QLatin1Char('='), -1));
  const QString where = QStringLiteral("%1, line %2").arg(place).arg(line);
  if (!all.hasNext())
    throw Error(where, QStringLiteral("%1 has no value with a unit").arg(quoted(text.trimmed().left(60))));
  const QRegularExpressionMatch found = all.next();
  bool ok = false;
  const double value = found.captured(1).toDouble(&ok);
  for (const ResultUnit &unit : ResultUnits)
    if (ok && std::isfinite(value) && value >= 0 && found.captured(2) == QLatin1String(unit.unit))
      return value * unit.factor;
  throw Error(where, QStringLiteral("%1 is no value that NVSim prints").arg(quoted(found.captured(0))),
              QStringLiteral("a time, an energy, a power or an area with its unit"));
}

// "    |--- Predecoder Latency = 391.916ps" is at depth 2; " - Read Latency = 3.120ns" at depth 0.
std::optional<Node> nodeOf(const QString &line, int number, const QString &place) {
  static const QRegularExpression shape(QStringLiteral("^(\\s*)(\\|---|-)\\s+([^=]+?)\\s*=\\s*(.+)$"));
  const QRegularExpressionMatch match = shape.match(line);
  if (!match.hasMatch() || match.captured(3).contains(QStringLiteral("Bandwidth"))) return std::nullopt;
  Node node;
  node.line = number;
  node.depth = match.captured(2) == QStringLiteral("-") ? 0 : 1 + static_cast<int>(match.captured(1).size() - 1) / 3;
  node.title = match.captured(3);
  if (node.title == QStringLiteral("Area Efficiency")) return std::nullopt;
  node.repeated = match.captured(4).contains(QStringLiteral(" per "));
  node.value = valueIn(line, place, number);
  return node;
}

std::vector<Node> treesIn(const QByteArray &data, const QString &place) {
  if (data.size() > MostBytes)
    throw Error(place, QStringLiteral("is larger than 1 MB"), QStringLiteral("give one result of NVSim"));
  std::vector<Node> roots;
  bool inResult = false;
  int number = 0;
  for (const QByteArray &raw : data.split('\n')) {
    ++number;
    const QString line = QString::fromUtf8(raw);
    inResult = inResult || line.trimmed() == QStringLiteral("RESULT");
    const std::optional<Node> node = inResult ? nodeOf(line, number, place) : std::nullopt;
    if (!node) continue;
    std::vector<Node> *level = &roots;
    for (int depth = 0; depth < node->depth; ++depth) {
      if (level->empty())
        throw Error(QStringLiteral("%1, line %2").arg(place).arg(number), QStringLiteral("a part of nothing"));
      level = &level->back().children;
    }
    level->push_back(*node);
  }
  return roots;
}

QString partName(QString title) {
  for (const char *word : {" Dynamic Energy", " Read Energy", " Write Energy", " Leakage Power", " Latency", " Area",
                           " Duration", " Energy"})
    title.remove(QString::fromLatin1(word));
  const QString name = title.trimmed().toLower();
  if (name == QStringLiteral("bitline & cell") || name == QStringLiteral("bitline")) return QStringLiteral("bit line");
  if (name == QStringLiteral("senseamp")) return QStringLiteral("sense");
  if (name == QStringLiteral("mux")) return QStringLiteral("multiplexer");
  if (name == QStringLiteral("write pulse")) return QStringLiteral("cell write");
  return name;
}

// Precharge and charge run beside the decoders: their times are no part of the sum.
bool runsBeside(const Node &node) {
  return node.title.startsWith(QStringLiteral("Precharge")) || node.title.startsWith(QStringLiteral("Charge"));
}

// Leaves of a tree, as often as their repeated parents need to add up.
void addLeaves(const Node &node, double times, bool latency, NvsimMetric &metric) {
  double others = 0;
  const Node *repeated = nullptr;
  for (const Node &child : node.children) {
    if (latency && runsBeside(child)) continue;
    if (child.repeated)
      repeated = &child;
    else
      others += child.value;
  }
  for (const Node &child : node.children) {
    if (latency && runsBeside(child)) continue;
    const double count = &child == repeated && child.value > 0 ? (node.value - others) / child.value : 1;
    if (child.children.empty())
      metric.parts.push_back({partName(child.title), child.value * times * count});
    else
      addLeaves(child, times * count, latency, metric);
  }
}

const Node *findNode(const Node &node, const QString &title) {
  if (node.title == title) return &node;
  for (const Node &child : node.children)
    if (const Node *found = findNode(child, title)) return found;
  return nullptr;
}

}  // namespace

const NvsimMetric *NvsimResult::find(const QString &name) const {
  const auto found = std::ranges::find(metrics, name, &NvsimMetric::name);
  return found == metrics.end() ? nullptr : &*found;
}

bool isNvsimResult(const QByteArray &data) {
  return data.left(MostBytes).contains("RESULT") && data.left(MostBytes).contains("Read Latency");
}

NvsimResult readNvsimResult(const QByteArray &data, const QString &place, NvsimScope scope) {
  const std::vector<Node> trees = treesIn(data, place);
  NvsimResult result;
  for (const Figure &figure : Figures) {
    const auto root = std::ranges::find(trees, QString::fromLatin1(figure.title), &Node::title);
    const Node *node = root == trees.end() ? nullptr : &*root;
    if (node != nullptr && scope == NvsimScope::Subarray) node = findNode(*node, QString::fromLatin1(figure.subarray));
    if (node == nullptr) continue;
    NvsimMetric metric{QString::fromLatin1(figure.name), node->value, {}};
    if (figure.name != std::string_view("area_um2"))  // areas of parts are of one each: they do not add up
      addLeaves(*node, 1, metric.name.contains(QStringLiteral("latency")), metric);
    result.metrics.push_back(std::move(metric));
  }
  if (result.find(QStringLiteral("read_latency_ns")) == nullptr)
    throw Error(place, QStringLiteral("has no read latency"),
                QStringLiteral("give what NVSim prints, from its first line to its last"));
  return result;
}

}  // namespace pimento
