// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "app/cli/accelerator_option.h"
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/hardware/array_report.h"
#include "core/hardware/device_presets.h"
#include "core/hardware/nvsim_profile.h"
#include "core/hardware/parameters.h"
#include "core/hardware/profiles.h"

namespace pimento {

namespace {

constexpr qint64 MaxBytes = 1 << 17;  // above what the reader takes, so that it names the limit

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) throw Error(path, QStringLiteral("can not be read"), file.errorString());
  return file.read(MaxBytes);
}

struct Files {
  NvsimCell cell;
  NvsimConfig config;
};

// A configuration names its cell file; --cell comes before it. A cell alone stands in the accelerator's sub-array.
Files readFiles(const VerbParser &parser, const Accelerator &accelerator) {
  Files files;
  const QString config = parser.value(QStringLiteral("cfg"));
  QString cell = parser.value(QStringLiteral("cell"));
  if (!config.isEmpty()) {
    files.config = readNvsimConfig(bytesOf(config), config);
    if (cell.isEmpty() && files.config.cell_file.isEmpty())
      throw Error(config, QStringLiteral("names no -MemoryCellInputFile"), QStringLiteral("give --cell FILE"));
    if (cell.isEmpty()) cell = QFileInfo(config).dir().filePath(files.config.cell_file);
  }
  files.cell = readNvsimCell(bytesOf(cell), cell);
  if (config.isEmpty()) {
    files.config = nvsimConfig(accelerator);
    if (files.cell.process_nm > 0) files.config.process_nm = files.cell.process_nm;
  }
  return files;
}

bool givesFiles(const VerbParser &parser) {
  return parser.isSet(QStringLiteral("cell")) || parser.isSet(QStringLiteral("cfg"));
}

void assign(Accelerator &accelerator, const VerbParser &parser, const char *option, const char *key) {
  const QString name = QString::fromLatin1(option);
  if (!parser.isSet(name)) return;
  const QString place = parser.place() + QStringLiteral(" --") + name;
  setParameter(accelerator, QString::fromLatin1(key) + QLatin1Char('=') + parser.value(name), place);
}

void warnIgnored(const QStringList &keys, const QString &file) {
  if (!keys.isEmpty())
    printError(QStringLiteral("%1: without effect here: %2\n").arg(file, keys.join(QStringLiteral(", "))));
}

struct Subject {
  Accelerator accelerator;
  NvsimMemory memory;
};

// Profile, then the memory element, the files, then the options and --set: the later ones win.
Subject subjectOf(const VerbParser &parser) {
  Subject subject{loadProfile(parser.value(QStringLiteral("accelerator"))), {}};
  Accelerator &a = subject.accelerator;
  if (parser.isSet(QStringLiteral("device"))) applyDevicePreset(a, parser.value(QStringLiteral("device")));
  Files files;
  if (givesFiles(parser)) {
    files = readFiles(parser, a);
    applyNvsim(a, files.cell, files.config, QStringLiteral("NVSim cell and configuration file"));
    a.sensing.sense_model = SenseModel::Nvsim;
    warnIgnored(files.cell.ignored, parser.value(QStringLiteral("cell")));
    warnIgnored(files.config.ignored, parser.value(QStringLiteral("cfg")));
  }
  assign(a, parser, "rows", "rows");
  assign(a, parser, "columns", "columns");
  assign(a, parser, "sense-model", "sense_model");
  if (givesFiles(parser)) a.array.write_columns = a.array.columns;  // NVSim writes a word at once
  for (const QString &assignment : parser.values(QStringLiteral("set")))
    setParameter(a, assignment, parser.place() + QStringLiteral(" --set"));
  if (givesFiles(parser)) {
    if (a.sensing.sense_model == SenseModel::Nvsim)
      subject.memory = nvsimArray(files.cell, withSubarray(files.config, a.array.rows, a.array.columns));
  }
  validate(a, parser.place());
  return subject;
}

void addOptions(VerbParser &parser) {
  addAcceleratorOptions(parser);
  parser.option(QStringLiteral("cell"), QStringLiteral("Memory cell, a .cell file of NVSim."), QStringLiteral("FILE"));
  parser.option(QStringLiteral("cfg"),
                QStringLiteral("Memory, a .cfg file of NVSim with forced geometry; its cell file if --cell is absent."),
                QStringLiteral("FILE"));
  parser.option(QStringLiteral("rows"), QStringLiteral("Rows of a sub-array."), QStringLiteral("N"));
  parser.option(QStringLiteral("columns"), QStringLiteral("Columns of a sub-array."), QStringLiteral("N"));
  parser.option(QStringLiteral("sense-model"),
                QStringLiteral("physical or nvsim; nvsim by default with --cell or --cfg."), QStringLiteral("MODEL"));
  parser.option(QStringLiteral("area"), QStringLiteral("Area and leakage by component."));
  parser.option(QStringLiteral("parts"), QStringLiteral("Time and energy of every operation by part."));
}

}  // namespace

int arrayVerb(const QStringList &arguments) {
  VerbParser parser(
      "array", QString(),
      QStringLiteral(
          "Prices the row operations of one sub-array: read, write, AND of two rows, bit count of a row, and\n"
          "shift and addition of one result. With NVSim's files, read and write are those of the memory\n"
          "that they describe (sub-array, mat or bank with its routing); the other operations are priced\n"
          "from its sub-array."));
  addOptions(parser);
  if (!parser.parse(arguments)) return 0;
  if (parser.isSet(QStringLiteral("area")) && parser.isSet(QStringLiteral("parts")))
    throw Error(parser.place(), QStringLiteral("--area and --parts"), QStringLiteral("choose one"));
  const Subject subject = subjectOf(parser);
  for (const QString &warning : arrayWarnings(subject.accelerator, buildArray(subject.accelerator)))
    printError(QStringLiteral("warning: ") + warning + QLatin1Char('\n'));
  parser.print(parser.isSet(QStringLiteral("area"))    ? arrayAreaReport(subject.accelerator, subject.memory)
               : parser.isSet(QStringLiteral("parts")) ? arrayPartsReport(subject.accelerator, subject.memory)
                                                       : arrayReport(subject.accelerator, subject.memory));
  return 0;
}

}  // namespace pimento
