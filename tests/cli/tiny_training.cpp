// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/tiny_training.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <chrono>
#include <csignal>
#include <thread>

#include "core/jobs/recipe.h"
#include "core/network/network_builder.h"
#include "core/network/network_json.h"
#include "tests/core/data/sample_files.h"

namespace pimento::test {

namespace {

constexpr int Patience_ms = 60'000;

}  // namespace

QByteArray tinyNetworkFile(int classes) {
  NetworkBuilder net(QStringLiteral("tiny"), QStringLiteral("Tiny"), {3, 8, 8});
  LayerId x = net.conv(QStringLiteral("conv"), 0, net.space(4), 3, 1, false);
  x = net.batchNorm(QStringLiteral("bn"), x, Activation::Relu);
  net.linear(QStringLiteral("fc"), x, net.space(classes, false));
  NetworkSpec &spec = net.spec();
  for (const double ratio : {1.0, 0.5}) spec.variants.push_back(widthVariant(spec, ratio));
  spec.bindings = {QStringLiteral("slimmable"), QStringLiteral("individual")};
  return QJsonDocument(toJson(spec)).toJson();
}

void TinyTraining::SetUp() {
  QDir(m_folder.path()).mkdir(QStringLiteral("data"));
  for (const auto &[part, count] : std::vector<std::pair<const char *, std::uint32_t>>{{"train", 96}, {"t10k", 30}}) {
    const QString prefix = path("data/") + QString::fromLatin1(part);
    writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(count, 8));
    writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(count, 3));
  }
  writeFile(path("net.json"), tinyNetworkFile(3));
  Recipe recipe = loadRecipe(QStringLiteral("short-slimmable-distillation"));
  recipe.name = QStringLiteral("tiny");
  recipe.epochs = 2;
  recipe.teacher_epochs = 1;
  recipe.batch = 16;
  recipe.validation = 24;
  writeFile(path("recipe.json"), QJsonDocument(toJson(recipe)).toJson());
}

QStringList TinyTraining::trainWords(const char *more) {
  const QString line = QStringLiteral("train ./net.json --data data --threads 1 ") + QString::fromUtf8(more);
  return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

void TinyTraining::expectRefusedHere(const char *more, const char *part) const {
  const Output run = train(more);
  EXPECT_EQ(run.exitCode, 2) << more << "\n" << run.err.toStdString();
  EXPECT_EQ(run.err.count('\n'), 1) << more << "\n" << run.err.toStdString();
  EXPECT_TRUE(run.err.contains(part)) << more << "\n" << run.err.toStdString();
}

FollowedPimento::FollowedPimento(const QStringList &arguments, const QString &directory) {
  m_process.setWorkingDirectory(directory);
  m_process.start(QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(), arguments);
  m_process.waitForStarted(Patience_ms);
}

FollowedPimento::~FollowedPimento() {
  m_process.kill();
  m_process.waitForFinished(Patience_ms);
}

QJsonObject FollowedPimento::until(const char *kind) {
  while (m_process.canReadLine() || m_process.waitForReadyRead(Patience_ms))
    while (m_process.canReadLine()) {
      const QJsonObject event = QJsonDocument::fromJson(m_process.readLine()).object();
      if (event[QStringLiteral("event")].toString() == QLatin1String(kind)) return event;
    }
  return {};
}

void FollowedPimento::signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }

int FollowedPimento::end() {
  m_process.waitForFinished(Patience_ms);
  return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -m_process.exitCode();
}

bool comesTrue(const std::function<bool()> &holds) {
  constexpr auto Poll = std::chrono::milliseconds(20);
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(Patience_ms);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(Poll);
  }
  return true;
}

}  // namespace pimento::test
