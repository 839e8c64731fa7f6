// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_results.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <thread>

#include "core/base/error.h"

using namespace pimento;

namespace {

RunResults sample() {
  return {QStringLiteral("fashion-mnist"),
          912.5,
          0.61,
          {{QStringLiteral("1.0"), SinglePrecision, ResultHow::Trained, 9100, 10000},
           {QStringLiteral("0.25"), {8, 8}, ResultHow::PostTraining, 8700, 10000}}};
}

std::string errorOf(QByteArray json) {
  try {
    static_cast<void>(readRunResults(json, QStringLiteral("results.json")));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(RunResults, roundThroughTheirFile) {
  EXPECT_EQ(readRunResults(writeRunResults(sample()), QStringLiteral("results.json")), sample());
}

TEST(RunResults, haveWilsonsInterval) {
  const RunResult row = sample().results[0];
  EXPECT_DOUBLE_EQ(row.accuracy_pct(), 91);
  EXPECT_NEAR(row.interval_pct().low, 90.42, 0.01);
  EXPECT_NEAR(row.interval_pct().high, 91.54, 0.01);
}

TEST(RunResults, mergeByVariantBitsAndOrigin) {
  QTemporaryDir folder;
  EXPECT_EQ(loadRunResults(folder.path()), RunResults{});
  appendRunResults(folder.path(), sample());
  RunResults more{QStringLiteral("fashion-mnist"),
                  0,
                  0,
                  {{QStringLiteral("0.25"), {8, 8}, ResultHow::PostTraining, 8750, 10000},
                   {QStringLiteral("0.25"), {8, 8}, ResultHow::QuantisationAware, 8800, 10000}}};
  appendRunResults(folder.path(), more);
  const RunResults all = loadRunResults(folder.path());
  ASSERT_EQ(all.results.size(), 3U);
  EXPECT_EQ(all.results[0], sample().results[0]);
  EXPECT_EQ(all.results[1].correct, 8750);
  EXPECT_EQ(all.results[2].how, ResultHow::QuantisationAware);
  EXPECT_EQ(all.images_per_s, 912.5) << "kept where nothing new was measured";
  more.data = QStringLiteral("cifar-10");
  EXPECT_THROW(appendRunResults(folder.path(), more), Error);
  EXPECT_EQ(loadRunResults(folder.path()), all);
}

TEST(RunResults, loseNothingWhereManyAddToThemAtOnce) {
  const QTemporaryDir folder;
  appendRunResults(folder.path(), sample());
  std::vector<std::thread> threads;
  for (int bits = 1; bits <= 15; ++bits)
    threads.emplace_back([&, bits] {
      appendRunResults(folder.path(), {QStringLiteral("fashion-mnist"),
                                       0,
                                       0,
                                       {{QStringLiteral("0.5"), {bits, bits}, ResultHow::PostTraining, bits, 100}}});
    });
  for (std::thread &thread : threads) thread.join();
  EXPECT_EQ(loadRunResults(folder.path()).results.size(), 2U + 15U);
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("results.json")});
}

TEST(RunResults, areNotWrittenWhereWhatBelongsToThemFails) {
  const QTemporaryDir folder;
  const auto fails = [] { throw Error(QStringLiteral("the file"), QStringLiteral("can not be written")); };
  EXPECT_THROW(appendRunResults(folder.path(), sample(), fails), Error);
  EXPECT_EQ(loadRunResults(folder.path()), RunResults{});
}

TEST(RunResults, sayThatTrainingWasStoppedOrWentOn) {
  Recipe recipe;
  recipe.epochs = 30;
  RunResults results = sample();
  EXPECT_TRUE(results.notes(recipe).isEmpty());
  results.stopped = true;
  results.epochs = 12.44;
  EXPECT_EQ(results.notes(recipe), QStringList{QStringLiteral("training was stopped after 12.4 of 30 epochs")});
  results.stopped = false;
  results.epochs = 30;
  results.cycles = {10, 20};
  EXPECT_EQ(results.notes(recipe),
            QStringList{QStringLiteral("trained on after 10 and 20 epochs, from its last weights")});
  recipe.decay = Decay::OneCycle;
  EXPECT_TRUE(results.notes(recipe)[0].endsWith(QStringLiteral("in another cycle of the learning rate")));
  EXPECT_EQ(readRunResults(writeRunResults(results), QStringLiteral("results.json")), results);
}

TEST(RunResults, refuseWhatIsDamaged) {
  const QByteArray good = writeRunResults(sample());
  const auto with = [&](const char *from, const char *to) {
    EXPECT_TRUE(good.contains(from)) << from;
    return errorOf(QByteArray(good).replace(from, to));
  };
  EXPECT_NE(errorOf("{}").find("holds no results"), std::string::npos);
  EXPECT_NE(errorOf("[").find("line 1"), std::string::npos);
  EXPECT_NE(errorOf(QByteArray(5 << 20, ' ')).find("results.json"), std::string::npos);
  EXPECT_NE(with("\"version\": 1", "\"version\": 2").find("version"), std::string::npos);
  EXPECT_NE(with("\"trained\"", "\"guessed\"").find("known: trained"), std::string::npos);
  EXPECT_NE(with("9100", "10001").find("correct"), std::string::npos);
  EXPECT_NE(with("\"n\": 10000", "\"n\": 0").find("\"n\""), std::string::npos);
  EXPECT_NE(with("\"bits_a\": 8", "\"bits_a\": 0").find("bits_a"), std::string::npos);
  EXPECT_NE(with("\"variant\": \"1.0\"", "\"variant\": \"\"").find("variant"), std::string::npos);
  QTemporaryDir folder;
  QFile file(QDir(folder.path()).filePath(QStringLiteral("results.json")));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(good.left(40));
  file.close();
  EXPECT_THROW(appendRunResults(folder.path(), sample()), Error) << "a damaged file is not replaced";
}
