// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/lenet.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/files/whole_file.h"
#include "core/jobs/recipe.h"
#include "tests/core/data/sample_files.h"

namespace pimento::test {

void writeLenet(const QString &folder) {
  constexpr std::uint32_t Side = 28;
  constexpr std::uint32_t Classes = 10;
  const auto path = [&](const char *name) { return QDir(folder).filePath(QString::fromLatin1(name)); };
  QDir(folder).mkdir(QStringLiteral("data"));
  for (const auto &[part, count] : std::vector<std::pair<const char *, std::uint32_t>>{{"train", 96}, {"t10k", 20}}) {
    const QString prefix = path("data/") + QString::fromLatin1(part);
    writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(count, Side));
    writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(count, Classes));
  }
  constexpr qint64 Most = 1 << 20;
  QJsonObject network =
      QJsonDocument::fromJson(readWhole(QStringLiteral("resources/networks/lenet5.json"), Most)).object();
  network[QStringLiteral("bindings")] = QJsonArray{QStringLiteral("individual")};
  writeFile(path("lenet5.json"), QJsonDocument(network).toJson());
  Recipe recipe = loadRecipe(QStringLiteral("short-slimmable"));
  recipe.name = QStringLiteral("two-steps");
  recipe.method = Method::Individual;
  recipe.epochs = 2;
  recipe.batch = 64;
  recipe.validation = 16;
  writeFile(path("recipe.json"), QJsonDocument(toJson(recipe)).toJson());
}

QStringList lenetTraining(const QString &run) {
  QStringList words =
      QStringLiteral("train ./lenet5.json:whole --recipe ./recipe.json --data data --threads 1 --json --job")
          .split(QLatin1Char(' '));
  return words << run;
}

}  // namespace pimento::test
