// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_text.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonObject>

using namespace pimento;

namespace {

QJsonObject requested(const char *what) {
  return {{QStringLiteral("event"), QStringLiteral("request")}, {QStringLiteral("request"), QLatin1String(what)}};
}

QJsonObject paused() {
  return {{QStringLiteral("event"), QStringLiteral("paused")},
          {QStringLiteral("stage"), QStringLiteral("teacher")},
          {QStringLiteral("epoch"), 0.25},
          {QStringLiteral("epochs"), 3}};
}

}  // namespace

TEST(TrainingText, saysWhyAStopKeepsNothing) {
  TrainingText text(false);
  EXPECT_EQ(text.textOf(paused()), QStringLiteral("paused in teacher epoch 0.25/3; the same command goes on\n"));
  EXPECT_EQ(text.textOf(requested("stop")), QStringLiteral("stops and keeps the best\n"));
  EXPECT_TRUE(
      text.textOf(paused()).contains(QStringLiteral("its variants have learned nothing yet that could be kept")))
      << text.textOf(paused()).toStdString();
}

TEST(TrainingText, tellsTheTimeLeftOnceItIsKnown) {
  TrainingText text(true);
  QJsonObject progress{{QStringLiteral("event"), QStringLiteral("progress")},
                       {QStringLiteral("stage"), QStringLiteral("main")},
                       {QStringLiteral("epoch"), 0.25},
                       {QStringLiteral("epochs"), 3},
                       {QStringLiteral("images_per_s"), 900}};
  EXPECT_EQ(text.textOf(progress), QStringLiteral("\rmain epoch 0.25/3, 900 images/s, loss \033[K"));
  progress[QStringLiteral("left_s")] = 75;
  EXPECT_TRUE(text.textOf(progress).contains(QStringLiteral("900 images/s, 1:15 left, loss")))
      << text.textOf(progress).toStdString();
}

// A group Lasso that was trained on has a strength, and no pull that one plan would give.
TEST(TrainingText, aPullThatIsNotKnownIsNoNumber) {
  const QJsonObject variant{{QStringLiteral("variant"), QStringLiteral("a")},
                            {QStringLiteral("lambda"), 0.002},
                            {QStringLiteral("kept_channels"), 3},
                            {QStringLiteral("channels"), 4}};
  const ReportTable table = trainingTable({{QStringLiteral("variants"), QJsonArray{variant}}});
  const auto pull = static_cast<std::size_t>(table.columns.indexOf(QStringLiteral("pull")));
  ASSERT_LT(pull, table.rows.at(0).size());
  EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows[0][pull]));
  EXPECT_EQ(std::get<double>(table.rows[0][pull - 1]), 0.002);
}

TEST(TrainingText, groupsTheDigitsOfLargeCounts) {
  TrainingText text(false);
  const QJsonObject start{{QStringLiteral("event"), QStringLiteral("start")},
                          {QStringLiteral("network"), QStringLiteral("lenet5")},
                          {QStringLiteral("data"), QStringLiteral("photos")},
                          {QStringLiteral("training_images"), 1'200'000},
                          {QStringLiteral("validation_images"), 5000},
                          {QStringLiteral("test_images"), 20'000},
                          {QStringLiteral("threads"), 2}};
  EXPECT_TRUE(text.textOf(start).contains(
      QStringLiteral("lenet5 on photos: 1,200,000 training, 5,000 validation, 20,000 test images, 2 threads")))
      << text.textOf(start).toStdString();
}
