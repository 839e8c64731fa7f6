// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inference_text.h"

#include <gtest/gtest.h>

namespace pimento {

namespace {

Inference pictureOf(int truth, const std::vector<int> &answers) {
  Inference inference;
  inference.truth = truth;
  inference.classes = {QStringLiteral("Coat"), QStringLiteral("Shirt"), QStringLiteral("2")};
  const QStringList names{QStringLiteral("1.0"), QStringLiteral("0.5"), QStringLiteral("0.25")};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::vector<double> certainty{10, 10, 10};
    certainty[static_cast<std::size_t>(answers[i])] = 80;
    inference.answers.push_back({names[static_cast<qsizetype>(i)], certainty});
  }
  return inference;
}

const std::vector<InferenceCost> &costs() {
  static const std::vector<InferenceCost> all{{800, 40}, {200, 20}, {50, 10}};
  return all;
}

std::string takeaway(const Inference &inference, const std::vector<InferenceCost> &spent) {
  return inferenceTakeaway(inference, spent).replace(QChar::Nbsp, QLatin1Char(' ')).toStdString();
}

}  // namespace

TEST(InferenceText, saysWhatTheCheapestRightAnswerSaves) {
  EXPECT_EQ(takeaway(pictureOf(0, {0, 0, 0}), costs()),
            "All get it: Coat. The cheapest that does, 0.25x, spends 50 µJ; 1.0x takes 16 times as much.");
  EXPECT_EQ(takeaway(pictureOf(0, {0, 0, 1}), costs()),
            "It is Coat; wrong: 0.25x (Shirt). The cheapest that does, 0.5x, spends 200 µJ; 1.0x takes 4 "
            "times as much.");
  EXPECT_EQ(takeaway(pictureOf(0, {0, 2, 1}), costs()),
            "It is Coat; wrong: 0.5x (class 2) and 0.25x (Shirt). Only 1.0x at 800 µJ gets it.");
  EXPECT_EQ(takeaway(pictureOf(0, {1, 1, 1}), costs()),
            "It is Coat, and none gets it: 1.0x (Shirt), 0.5x (Shirt) and 0.25x (Shirt).");
}

TEST(InferenceText, speaksOfAgreementWhereTheTruthIsNotKnown) {
  Inference picture = pictureOf(0, {1, 1, 0});
  picture.truth.reset();
  EXPECT_EQ(takeaway(picture, costs()), "1.0x answers Shirt; otherwise: 0.25x (Coat).");
  EXPECT_FALSE(isRight(picture, picture.answers[0]));
}

TEST(InferenceText, doesWithoutEstimates) {
  EXPECT_EQ(takeaway(pictureOf(0, {0, 0, 0}), {}), "All get it: Coat.");
  const ReportTable table = inferenceReport(pictureOf(0, {0, 1, 0}), {});
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[1][2], Cell(QStringLiteral("no")));
  EXPECT_EQ(table.rows[1][5], Cell());
}

TEST(InferenceText, reportsAnswersWithTheirCosts) {
  const ReportTable table = inferenceReport(pictureOf(1, {1, 1, 0}), costs());
  EXPECT_EQ(table.rows[0][1], Cell(QStringLiteral("Shirt")));
  EXPECT_EQ(table.rows[0][3], Cell(80.0));
  EXPECT_EQ(table.rows[2][7], Cell(6.25));
}

}  // namespace pimento
