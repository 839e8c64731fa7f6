// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_log.h"

#include <gtest/gtest.h>

#include <QJsonDocument>

#include "core/jobs/event_lines.h"

using namespace pimento;

namespace {

void take(RunLog &log, const QByteArray &text) {
  EventLines lines;
  lines.add(text);
  while (const auto event = lines.next()) log.take(event->object);
}

QByteArray progress(const char *stage, double epoch, double loss) {
  return QStringLiteral(
             "{\"event\":\"progress\",\"stage\":\"%1\",\"epoch\":%2,\"epochs\":5,\"images_per_s\":900,"
             "\"left_s\":60,\"loss\":{\"1.0\":%3,\"0.25\":2}}\n")
      .arg(QLatin1String(stage))
      .arg(epoch)
      .arg(loss)
      .toUtf8();
}

}  // namespace

TEST(EventLines, joinsPiecesAndSkipsWhatIsNoObject) {
  EventLines lines;
  lines.add("{\"event\":\"sta");
  EXPECT_FALSE(lines.next());
  lines.add("rt\"}\r\nwords\n\n[1]\n{\"event\":\"end\"}\n{\"half\":");
  EXPECT_EQ(lines.next()->line, "{\"event\":\"start\"}");
  EXPECT_EQ(lines.next()->object["event"].toString(), QStringLiteral("end"));
  EXPECT_FALSE(lines.next());
  EXPECT_EQ(lines.skipped(), 2);
}

TEST(EventLines, givesUpALineWithoutEnd) {
  EventLines lines;
  for (int i = 0; i < 3; ++i) {
    lines.add(QByteArray(EventLines::MaxLine - 1, 'x'));
    EXPECT_FALSE(lines.next());
  }
  lines.add("\n{\"event\":\"next\"}\n");
  EXPECT_EQ(lines.next()->object["event"].toString(), QStringLiteral("next"));
  EXPECT_EQ(lines.skipped(), 1);
}

TEST(RunLog, keepsACurveAVariantInEachStage) {
  RunLog log;
  take(log, progress("teacher", 1, 2.0) + progress("main", 0.5, 1.5) + progress("main", 1, 1.25));
  take(log,
       R"({"event":"epoch","stage":"main","epoch":1,"epochs":5,"validation_images":500,"validation_pct":{"1.0":81.5}})"
       "\n");
  ASSERT_EQ(log.stages.size(), 2U);
  EXPECT_EQ(log.stage()->name, QStringLiteral("main"));
  const RunCurves &widest = log.stage()->variants.back();
  EXPECT_EQ(widest.variant, QStringLiteral("1.0"));
  EXPECT_EQ(widest.loss, (std::vector{QPointF(0.5, 1.5), QPointF(1, 1.25)}));
  EXPECT_EQ(widest.validation_pct, std::vector{QPointF(1, 81.5)});
  EXPECT_EQ(log.images_per_s, 900);
  EXPECT_EQ(log.left_s, 60);
}

TEST(RunLog, goesBackToTheCheckpointWithTheRun) {
  RunLog log;
  take(log,
       progress("main", 1, 2) + "{\"event\":\"checkpoint\"}\n" + progress("main", 2, 1.5) + progress("main", 3, 1.2));
  EXPECT_EQ(log.checkpointEpoch, 1);
  take(log, "{\"event\":\"start\"}\n" + progress("main", 1.5, 1.8));
  EXPECT_EQ(log.stage()->variants.back().loss, (std::vector{QPointF(1, 2), QPointF(1.5, 1.8)}));
}

TEST(RunLog, takesResultsAndErrors) {
  RunLog log;
  take(log, R"({"event":"error","message":"step 12: the loss is not a number"})"
            "\n");
  EXPECT_EQ(log.problem, QStringLiteral("step 12: the loss is not a number"));
  take(log,
       R"({"event":"start"})"
       "\n"
       R"({"event":"result","variants":[{"variant":"1.0","correct":900,"n":1000},{"variant":"","correct":1,"n":1},)"
       R"({"variant":"0.5","correct":2,"n":1}],"images_per_s":800,"share_of_ceiling":0.4,"stopped":true})"
       "\n");
  EXPECT_TRUE(log.problem.isEmpty()) << "the run went on after that";
  ASSERT_TRUE(log.outcome);
  ASSERT_EQ(log.outcome->scores.size(), 1U) << "a name and at most as many hits as images";
  EXPECT_EQ(log.outcome->scores[0].correct, 900);
  EXPECT_TRUE(log.outcome->stopped);
}

TEST(RunLog, boundsWhatAWorkerCanMakeItKeep) {
  RunLog log;
  for (int i = 0; i < 10'000; ++i) take(log, progress("main", 1e-3 * i, 1));
  const std::vector<QPointF> &loss = log.stage()->variants.back().loss;
  EXPECT_LE(loss.size(), RunCurves::MaxPoints);
  EXPECT_GT(loss.size(), RunCurves::MaxPoints / 3);
  EXPECT_EQ(loss.front().x(), 0);
  EXPECT_NEAR(loss.back().x(), 9.999, 1e-9);
  for (int i = 0; i < 100; ++i) take(log, progress(qPrintable(QStringLiteral("stage%1").arg(i)), 1, 1));
  EXPECT_EQ(log.stages.size(), RunLog::MaxStages);
}

TEST(RunLog, leavesOutWhatMakesNoSense) {
  RunLog log;
  take(log, R"({"event":"progress","stage":"main","epoch":-1,"epochs":5,"loss":{"1.0":1}})"
            "\n"
            R"({"event":"progress","stage":"main","epoch":"x","loss":[1]})"
            "\n"
            R"({"event":"progress","stage":"main","epoch":1,"images_per_s":-5,"left_s":1e300,"loss":{"1.0":"NaN"}})"
            "\n"
            R"({"event":"unheard of","stage":7})"
            "\n");
  ASSERT_EQ(log.stages.size(), 1U);
  EXPECT_TRUE(log.stage()->variants.empty());
  EXPECT_EQ(log.images_per_s, 0);
  EXPECT_LT(log.left_s, 0);
}

TEST(RunLog, remembersTheWeightsThatARunStartedFrom) {
  RunLog log;
  take(log, R"({"event":"weights","file":"/a/net.pth","text":"started from net.pth"})"
            "\n");
  EXPECT_EQ(log.startedFrom, QStringLiteral("started from net.pth"));
}
