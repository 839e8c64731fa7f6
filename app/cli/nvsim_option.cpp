// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/nvsim_option.h"

#include <QDir>
#include <QFileInfo>

#include "core/base/error.h"
#include "core/files/whole_file.h"
#include "core/hardware/nvsim/nvsim_profile.h"

namespace pimento {

namespace {

constexpr qint64 MaxBytes = 1 << 17;

QByteArray bytesOf(const QString &path) { return readWhole(path, MaxBytes); }

// The cell file that a configuration names lies in its folder, or in one inside it: no file has the program open
// another elsewhere.
QString cellBeside(const QString &config, const QString &name) {
  const QString clean = QDir::cleanPath(name);
  if (QDir::isAbsolutePath(clean) || clean == QStringLiteral("..") || clean.startsWith(QStringLiteral("../")))
    throw Error(config, QStringLiteral("its cell file %1 is outside its folder").arg(quoted(name)),
                QStringLiteral("give it with --cell FILE"));
  return QFileInfo(config).dir().filePath(clean);
}

void warnOf(const QStringList &keys, const QString &file) {
  if (!keys.isEmpty())
    printError(QStringLiteral("%1: without effect here: %2\n").arg(file, keys.join(QStringLiteral(", "))));
}

}  // namespace

void addNvsimOptions(VerbParser &parser) {
  parser.option(QStringLiteral("cell"), QStringLiteral("Memory cell, a .cell file of NVSim; sets sense_model=nvsim."),
                QStringLiteral("FILE"));
  parser.option(QStringLiteral("cfg"),
                QStringLiteral("Memory, a .cfg file of NVSim with forced geometry; its cell file if --cell is absent."),
                QStringLiteral("FILE"));
}

std::optional<NvsimFiles> nvsimFilesFrom(const VerbParser &parser, const Accelerator &accelerator) {
  if (!parser.isSet(QStringLiteral("cell")) && !parser.isSet(QStringLiteral("cfg"))) return {};
  NvsimFiles files;
  files.configPath = parser.value(QStringLiteral("cfg"));
  files.cellPath = parser.value(QStringLiteral("cell"));
  if (parser.isSet(QStringLiteral("cfg"))) {
    files.config = readNvsimConfig(bytesOf(files.configPath), files.configPath);
    if (files.cellPath.isEmpty() && files.config.cell_file.isEmpty())
      throw Error(files.configPath, QStringLiteral("names no -MemoryCellInputFile"),
                  QStringLiteral("give --cell FILE"));
    if (files.cellPath.isEmpty()) files.cellPath = cellBeside(files.configPath, files.config.cell_file);
  }
  files.cell = readNvsimCell(bytesOf(files.cellPath), files.cellPath);
  if (!parser.isSet(QStringLiteral("cfg"))) files.config = nvsimConfigAround(files.cell, accelerator);
  return files;
}

QStringList applyNvsimFiles(Accelerator &accelerator, const NvsimFiles &files) {
  const QStringList notes =
      applyNvsim(accelerator, files.cell, files.config, QStringLiteral("NVSim cell and configuration file"));
  accelerator.sensing.sense_model = SenseModel::Nvsim;
  return notes;
}

void tellOfNvsim(const NvsimFiles &files, const QStringList &notes) {
  warnOf(files.cell.ignored, files.cellPath);
  warnOf(files.config.ignored, files.configPath);
  for (const QString &note : notes) printError(QStringLiteral("%1: %2\n").arg(files.cellPath, note));
  if (!files.configPath.isEmpty()) return;
  if (files.config.roadmap != NvsimRoadmap::Lstp)
    printError(QStringLiteral("%1: its states are told apart with transistors of nvsim_roadmap=%2\n")
                   .arg(files.cellPath,
                        files.config.roadmap == NvsimRoadmap::Lop ? QStringLiteral("lop") : QStringLiteral("hp")));
  if (files.config.mux_sense > 1)
    printError(QStringLiteral("%1: %2 columns share a sense amplifier, which does not fit below one or drive more\n")
                   .arg(files.cellPath)
                   .arg(files.config.mux_sense));
}

}  // namespace pimento
