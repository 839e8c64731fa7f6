// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <variant>

#include "app/cli/accelerator_option.h"
#include "app/cli/network_argument.h"
#include "app/cli/verbs.h"
#include "app/process/streams.h"
#include "app/session/session.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/explain/result_difference.h"
#include "core/files/whole_file.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/network_library.h"
#include "core/project/project_file.h"

namespace pimento {

namespace {

const QString ProjectMark = QStringLiteral(".pimento#");

// What a side names: an estimated design, a profile without a network of its own, or a result of NVSim.
struct ProfileSide {
  Accelerator accelerator;
};
struct ResultSide {
  QByteArray data;
};
using Side = std::variant<ExplainedDesign, ProfileSide, ResultSide>;

ExplainedDesign designOf(const QString &name, const QString &network, const Accelerator &accelerator,
                         const VerbParser &parser) {
  const auto [family, variant] = networkText(network);
  ExplainedDesign design{name, loadNetwork(family, classesFrom(parser)), {}, accelerator, bitsOf(parser), false};
  if (!variant && design.network.variants.size() != 1)
    throw Error(parser.place(), QStringLiteral("%1 names no variant").arg(quoted(network)),
                QStringLiteral("write NETWORK:VARIANT, as in %1:%2").arg(family, design.network.variants.front().name));
  design.variant = variant ? findVariant(design.network, *variant) : design.network.variants.front();
  return design;
}

ExplainedDesign rowOf(const QString &text) {
  const qsizetype mark = text.indexOf(ProjectMark) + ProjectMark.size() - 1;
  const QString path = text.left(mark);
  const QString id = text.mid(mark + 1);
  const Study all = study(openProject(path));
  const auto row = rowWithId(all.table, id);
  if (!row)
    throw Error(path, QStringLiteral("has no design %1").arg(quoted(id)),
                QStringLiteral("take it from the column id of pimento front %1 --all --csv").arg(path));
  const Origin origin = all.originOf(*row);
  const DesignKey &key = all.table.key(*row);
  const auto variant = origin.variant(all.table.name(key.variant));
  if (!origin.accelerator || !variant)
    throw Error(path, QStringLiteral("%1 is no estimate: nothing is known of what its values come of").arg(quoted(id)),
                QStringLiteral("name an estimate of the project"));
  return {text, origin.network->network, *variant, *origin.accelerator, origin.bits, key.scope == Scope::Head};
}

bool isProfile(const QString &text) {
  if (builtInProfiles().contains(text)) return true;
  return text.endsWith(QStringLiteral(".json")) && QFileInfo::exists(text) &&
         OutsideFile(text, qint64{1} << 20).head(4096).contains("pimento-accelerator");
}

Side sideOf(const QString &text, const Accelerator &accelerator, const VerbParser &parser) {
  constexpr qint64 MostBytes = qint64{1} << 20;
  if (text.contains(ProjectMark)) return rowOf(text);
  if (isProfile(text)) return ProfileSide{loadProfile(text)};
  if (QFileInfo(text).isFile() && !text.endsWith(QStringLiteral(".json"))) {
    QByteArray data = readWhole(text, MostBytes);
    if (!isNvsimResult(data))
      throw Error(text, QStringLiteral("is no result of NVSim"),
                  QStringLiteral("give what NVSim prints, a profile, NETWORK:VARIANT or PROJECT.pimento#ROW-ID"));
    return ResultSide{std::move(data)};
  }
  return designOf(text, text, accelerator, parser);
}

// A profile beside a design runs the same network.
ExplainedDesign asDesign(const Side &side, const Side &other, const QString &text, const VerbParser &parser) {
  if (const auto *design = std::get_if<ExplainedDesign>(&side)) return *design;
  const Accelerator &accelerator = std::get<ProfileSide>(side).accelerator;
  if (const auto *beside = std::get_if<ExplainedDesign>(&other)) {
    ExplainedDesign design = *beside;
    design.name = text;
    design.accelerator = accelerator;
    return design;
  }
  return designOf(text, parser.value(QStringLiteral("network")), accelerator, parser);
}

bool isResult(const Side &side) { return std::holds_alternative<ResultSide>(side); }

// A profile beside a result is its sub-array, and so is then the result.
ExplainedResult asResult(const Side &side, NvsimScope scope, const QString &text, const VerbParser &parser) {
  if (const auto *result = std::get_if<ResultSide>(&side))
    return {text, readNvsimResult(result->data, QFileInfo(text).fileName(), scope)};
  if (const auto *profile = std::get_if<ProfileSide>(&side)) return {text, subarrayResult(profile->accelerator)};
  throw Error(parser.place(), QStringLiteral("a result of NVSim beside a network: %1").arg(quoted(text)),
              QStringLiteral("compare it with another result or with a profile's sub-array"));
}

DesignDifference difference(const VerbParser &parser, const Side &a, const Side &b) {
  const QString first = parser.argument(0);
  const QString second = parser.argument(1);
  if (isResult(a) || isResult(b)) {
    const NvsimScope scope = isResult(a) && isResult(b) ? NvsimScope::Bank : NvsimScope::Subarray;
    return differenceOf(asResult(a, scope, first, parser), asResult(b, scope, second, parser));
  }
  const QString by = parser.choice(QStringLiteral("by"), {QStringLiteral("parameters"), QStringLiteral("components")});
  return differenceOf(asDesign(a, b, first, parser), asDesign(b, a, second, parser),
                      by == QStringLiteral("parameters") ? DifferenceBy::Parameters : DifferenceBy::Components);
}

// For people: parts that matter, and what they add up to.
QString remarks(const DesignDifference &difference) {
  QString text = QStringLiteral("\n");
  for (const MetricDifference &m : difference.metrics)
    text += QStringLiteral("%1: %2 in A, %3 in B, difference %4\n")
                .arg(m.metric, fourDigits(m.a), fourDigits(m.b), fourDigits(m.b - m.a));
  if (difference.orders > 0)
    text += QStringLiteral("Shapley values over %1 sampled orders; difference_error is their standard error.\n")
                .arg(difference.orders);
  if (!difference.note.isEmpty()) text += difference.note + QLatin1Char('\n');
  return text;
}

}  // namespace

int explainVerb(const QStringList &arguments) {
  VerbParser parser(
      "explain", QStringLiteral("A B"),
      QStringLiteral(
          "Why two designs differ: the difference of energy, latency, area and power (B less A), shared out to the\n"
          "parameters that differ by Shapley values, which add up to it exactly: each parameter's mean effect over\n"
          "all orders of changing them (up to 10 parts; more: 256 orders, with the error that they leave).\n"
          "A and B are each a profile, NETWORK:VARIANT, PROJECT.pimento#ROW-ID, or a file that NVSim printed."));
  parser.positional(QStringLiteral("A"), QStringLiteral("what it is explained from"));
  parser.positional(QStringLiteral("B"), QStringLiteral("what it is explained to"));
  addAcceleratorOptions(parser);
  parser.option(QStringLiteral("network"), QStringLiteral("What two profiles are compared on."),
                QStringLiteral("NETWORK:VARIANT"), QStringLiteral("resnet20-slimmable:1.0"));
  parser.option(QStringLiteral("by"),
                QStringLiteral("parameters (default), or components: the parts of energy and area."),
                QStringLiteral("WAY"), QStringLiteral("parameters"));
  addBitsOption(parser);
  addClassesOption(parser);
  if (!parser.parse(arguments)) return 0;
  if (parser.argument(1).isEmpty())
    throw Error(parser.place(), QStringLiteral("names no two designs"),
                QStringLiteral("give A and B, as in sot-mram stt-mram"));
  const Accelerator accelerator = acceleratorFrom(parser);
  const DesignDifference found = difference(parser, sideOf(parser.argument(0), accelerator, parser),
                                            sideOf(parser.argument(1), accelerator, parser));
  const ReportTable report = differenceReport(found);
  parser.print(parser.isText() ? withoutColumns(report, {QStringLiteral("a"), QStringLiteral("b")}) : report);
  if (parser.isText())
    printOut(remarks(found));
  else if (!found.note.isEmpty())
    printError(found.note + QLatin1Char('\n'));
  return 0;
}

}  // namespace pimento
