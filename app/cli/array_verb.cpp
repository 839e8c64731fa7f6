// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>

#include "app/cli/accelerator_option.h"
#include "app/cli/nvsim_option.h"
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/hardware/estimate/findings.h"
#include "core/hardware/nvsim/nvsim_profile.h"
#include "core/hardware/profile/profiles.h"
#include "core/hardware/report/array_report.h"

namespace pimento {

namespace {

void warnIgnored(const QStringList &keys, const QString &file) {
  if (!keys.isEmpty())
    printError(QStringLiteral("%1: without effect here: %2\n").arg(file, keys.join(QStringLiteral(", "))));
}

struct AskedArray {
  Accelerator accelerator;
  NvsimMemory memory;
  QStringList notes;
};

constexpr ParameterOption Options[] = {{"rows", "rows"}, {"columns", "columns"}, {"sense-model", "sense_model"}};

bool isAssigned(const QStringList &assignments, const char *key) {
  const QString start = QString::fromLatin1(key) + QLatin1Char('=');
  return std::any_of(assignments.begin(), assignments.end(), [&](const QString &a) { return a.startsWith(start); });
}

// The profile with its memory element, then the files, then the options and --set: the later ones win.
AskedArray askedArray(const VerbParser &parser, const Accelerator &start, const std::optional<NvsimFiles> &files,
                      const QStringList &assignments) {
  AskedArray asked{start, {}, {}};
  Accelerator &a = asked.accelerator;
  if (files) asked.notes = applyNvsimFiles(a, *files);
  setParameters(a, parser, Options, assignments);
  // NVSim writes a word at once.
  if (files && !isAssigned(assignments, "write_columns")) a.array.write_columns = a.array.columns;
  validate(a, parser.place());
  if (files && a.sensing.sense_model == SenseModel::Nvsim)
    asked.memory = nvsimArray(files->cell, withSubarray(files->config, a.array.rows, a.array.columns));
  return asked;
}

QString resultsOf(const AskedArray &s) {
  return toCsv(arrayReport(s.accelerator, s.memory)) + toCsv(arrayPartsReport(s.accelerator, s.memory)) +
         toCsv(arrayAreaReport(s.accelerator, s.memory)) +
         warningTexts(arrayFindings(s.accelerator, buildArray(s.accelerator))).join(QLatin1Char('\n'));
}

// --device and assignments that change the profile and no result: leaving one out gives the same tables. Those that
// only hold together with another one are taken to have an effect.
QStringList withoutEffect(const VerbParser &parser, const Accelerator &start, const std::optional<NvsimFiles> &files) {
  const QStringList all = parser.values(QStringLiteral("set"));
  const AskedArray full = askedArray(parser, start, files, all);
  const QString results = resultsOf(full);
  const auto same = [&](const Accelerator &from, const QStringList &assignments) {
    try {
      return resultsOf(askedArray(parser, from, files, assignments)) == results;
    } catch (const Error &) {
      return false;
    }
  };
  QStringList idle;
  const Accelerator plain = loadProfile(parser.value(QStringLiteral("accelerator")));
  if (hash(plain) != hash(start) && same(plain, all))
    idle << QStringLiteral("--device ") + parser.value(QStringLiteral("device"));
  for (const QString &assignment : all) {
    QStringList others = all;
    others.removeAll(assignment);
    if (same(start, others)) idle << QStringLiteral("--set ") + assignment;
  }
  return idle;
}

void addArrayOptions(VerbParser &parser) {
  addAcceleratorOptions(parser);
  parser.option(QStringLiteral("rows"), QStringLiteral("Rows of a sub-array."), QStringLiteral("N"));
  parser.option(QStringLiteral("columns"), QStringLiteral("Columns of a sub-array."), QStringLiteral("N"));
  parser.option(QStringLiteral("sense-model"),
                QStringLiteral("physical or nvsim; nvsim by default with --cell or --cfg."), QStringLiteral("MODEL"));
  parser.option(QStringLiteral("area"), QStringLiteral("Area and leakage by component."));
  parser.option(QStringLiteral("parts"), QStringLiteral("Time and energy of every operation by part."));
  parser.option(QStringLiteral("nvsim-keys"),
                QStringLiteral("Lists the keys of NVSim's files: those that are read, with unit and range, and those "
                               "that have no effect here."));
}

}  // namespace

int arrayVerb(const QStringList &arguments) {
  VerbParser parser(
      "array", QString(),
      QStringLiteral(
          "Prices the row operations of one sub-array: read, write, AND of two rows, bit count of a row, and\n"
          "shift and addition of one result. With NVSim's files, read and write are those of the memory\n"
          "that they describe (sub-array, mat or bank with its routing); the other operations are priced\n"
          "from its sub-array. What is asked for and changes nothing is named on standard error."));
  addArrayOptions(parser);
  if (!parser.parse(arguments)) return 0;
  const QString area = QStringLiteral("area");
  const QString parts = QStringLiteral("parts");
  const QString keys = QStringLiteral("nvsim-keys");
  if (parser.isSet(area) + parser.isSet(parts) + parser.isSet(keys) > 1)
    throw Error(parser.place(), QStringLiteral("more than one of --area, --parts and --nvsim-keys"),
                QStringLiteral("choose one"));
  if (parser.isSet(keys)) {
    parser.print(nvsimKeys());
    return 0;
  }
  const Accelerator start = profileWithDevice(parser);
  const std::optional<NvsimFiles> files = nvsimFilesFrom(parser, start);
  const AskedArray asked = askedArray(parser, start, files, parser.values(QStringLiteral("set")));
  if (files) tellOfNvsim(*files, asked.notes);
  warnIgnored(withoutEffect(parser, start, files), parser.place());
  for (const Finding &finding : arrayFindings(asked.accelerator, buildArray(asked.accelerator)))
    printError(QStringLiteral("warning: ") + finding.text + QLatin1Char('\n'));
  parser.print(parser.isSet(area)    ? arrayAreaReport(asked.accelerator, asked.memory)
               : parser.isSet(parts) ? arrayPartsReport(asked.accelerator, asked.memory)
                                     : arrayReport(asked.accelerator, asked.memory));
  return 0;
}

}  // namespace pimento
