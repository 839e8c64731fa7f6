// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says, kept from one version to the next: a digest of every table and export. A digest that changes
// is a fault, or is recorded anew in the commit that says why:
//   PIMENTO_RECORD=DIR build/dev/bin/pimento_cli_tests --gtest_filter='*Record*'
// writes the outputs into DIR, to be compared with those of the version before, and DIR/record.csv beside them.
#include <gtest/gtest.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <map>

#include "core/files/save_file.h"
#include "core/files/whole_file.h"
#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// Every verb that prints a table, with the options that make another one of it; but for what tells of this machine
// (data) or of its speed (simulate).
constexpr const char *Tables[] = {
    "networks",
    "networks --modules",
    "networks --modules --convention published",
    "networks --library",
    "count resnet20-slimmable:0.5",
    "count resnet20-slimmable:0.37",
    "count deco-vgg16:fe+cm3",
    "count lenet5",
    "published",
    "published --dataset cifar-100 --correct vgg16-cm2-size",
    "audit",
    "front --published --all",
    "front --published --dataset cifar-100 --objectives energy,accuracy --max-energy 35uJ --max-latency 30us",
    "front --published --training all --all --estimate deco-mobilenetv1 --estimate resnet20-slimmable",
    "front --published --estimate resnet20-slimmable --network resnet20-slimmable --objectives energy,accuracy",
    "front projects/published.pimento --all",
    "front projects/fashion-mnist.pimento --all",
    "front projects/fashion-mnist.pimento --scope head",
    "estimate resnet20-slimmable --bits 8:8",
    "estimate resnet20-slimmable:0.5 --layers",
    "estimate resnet20-slimmable --components --set tmr_pct=171",
    "estimate deco-vgg16 --gpu-power one-board",
    "estimate deco-mobilenetv1:fe+cm2 --scope head --layers",
    "estimate deco-mobilenetv1 --set dataflow=latched",
    "estimate lenet5 --accelerator sram",
    "estimate resnet20-slimmable --switching",
    "estimate resnet50-slimmable:0.5 --set dataflow=tap --layers",
    "estimate resnet20-slimmable --accelerator reram --classes 100 --components",
    "estimate --parameters",
    "device",
    "device --switching",
    "device --device stt",
    "sense",
    "sense --monte-carlo 10000",
    "array",
    "array --parts",
    "array --area",
    "validate",
};

const QString RecordFile = QStringLiteral(PIMENTO_TEST_DATA "/record.csv");
constexpr qint64 MostBytes = 64 << 20;

constexpr const char *Projects[] = {"published", "fashion-mnist"};

// Ten digits of every number: the last ones may differ between processors.
QByteArray rounded(const QByteArray &text) {
  static const QRegularExpression number(QStringLiteral("-?[0-9]+\\.[0-9]{6,}(?:e[-+]?[0-9]+)?"));
  const QString all = QString::fromUtf8(text);
  QString out;
  qsizetype from = 0;
  for (auto it = number.globalMatch(all); it.hasNext();) {
    const auto match = it.next();
    out.append(QStringView(all).mid(from, match.capturedStart() - from));
    out += QString::number(match.captured().toDouble(), 'g', 10);
    from = match.capturedEnd();
  }
  return out.append(QStringView(all).mid(from)).toUtf8();
}

bool isText(const QString &name) { return !name.endsWith(QStringLiteral(".pdf")); }

// Digests by name, and the outputs themselves where they are asked for.
class Recording {
 public:
  void add(const QString &name, const QByteArray &bytes) {
    const QByteArray kept = isText(name) ? rounded(bytes) : bytes;
    m_digests[name] = QString::fromLatin1(QCryptographicHash::hash(kept, QCryptographicHash::Sha256).toHex().left(16));
    if (!folder().isEmpty()) writeWhole(QDir(folder()).filePath(fileName(name)), kept);
  }
  [[nodiscard]] const std::map<QString, QString> &digests() const { return m_digests; }
  [[nodiscard]] static QString folder() { return qEnvironmentVariable("PIMENTO_RECORD"); }

 private:
  static QString fileName(QString name) {
    return name.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9.+=-]+")), QStringLiteral("_"));
  }
  std::map<QString, QString> m_digests;
};

std::map<QString, QString> recorded(const QString &kind) {
  std::map<QString, QString> digests;
  const CsvTable table = readCsv(readWhole(RecordFile, MostBytes), RecordFile);
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (field(table, row, "kind") == kind) digests[field(table, row, "output")] = field(table, row, "digest");
  return digests;
}

void expectRecorded(const QString &kind, const Recording &now) {
  if (!Recording::folder().isEmpty()) {
    QFile file(QDir(Recording::folder()).filePath(QStringLiteral("record.csv")));
    ASSERT_TRUE(file.open(QIODevice::Append));
    for (const auto &[name, digest] : now.digests())
      file.write(QStringLiteral("%1,\"%2\",%3\n").arg(kind, name, digest).toUtf8());
  }
  const auto before = recorded(kind);
  for (const auto &[name, digest] : now.digests()) {
    const auto known = before.find(name);
    EXPECT_TRUE(known != before.end() && known->second == digest) << "differs: " << name.toStdString();
  }
  EXPECT_EQ(before.size(), now.digests().size());
}

}  // namespace

TEST(Record, ofEveryTable) {
  Recording now;
  for (const char *table : Tables) {
    const QString command = QString::fromLatin1(table);
    for (const QString &format : {QStringLiteral("--csv"), QStringLiteral("--json")}) {
      const Output run = runPimento(command.split(QLatin1Char(' ')) << format);
      EXPECT_EQ(run.exitCode, 0) << table << "\n" << run.err.toStdString();
      now.add(command + QLatin1Char(' ') + format, run.out);
    }
  }
  expectRecorded(QStringLiteral("table"), now);
}

// PNG is left out: it is painted as the others are, and its blending is the processor's own.
TEST(Record, ofEveryExport) {
  Recording now;
  for (const char *project : Projects) {
    const QTemporaryDir folder;
    const QString name = QString::fromLatin1(project);
    const Output run = runPimento({QStringLiteral("export"), QStringLiteral("projects/%1.pimento").arg(name),
                                   QStringLiteral("-o"), folder.path()});
    EXPECT_EQ(run.exitCode, 0) << run.err.toStdString();
    for (const QString &file : QDir(folder.path()).entryList(QDir::Files))
      if (!file.endsWith(QStringLiteral(".png")))
        now.add(name + QLatin1Char('/') + file, readWhole(folder.filePath(file), MostBytes));
  }
  EXPECT_GT(now.digests().size(), 50U);
  expectRecorded(QStringLiteral("export"), now);
}
