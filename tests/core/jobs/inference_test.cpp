// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/inference.h"

#include <gtest/gtest.h>

#include <QJsonArray>

#include "core/base/error.h"

namespace pimento {

namespace {

Inference someInference() {
  Inference inference;
  inference.shape = {1, 2, 3};
  inference.pixels = QByteArray("\x00\x10\x20\x30\x40\xff", 6);
  inference.source = QStringLiteral("test image 7 of Fashion-MNIST");
  inference.image = 7;
  inference.images = 10'000;
  inference.truth = 1;
  inference.classes = {QStringLiteral("Coat"), QStringLiteral("Shirt"), QStringLiteral("Bag")};
  inference.answers = {{QStringLiteral("1.0"), {10, 70.5, 19.5}}, {QStringLiteral("0.25"), {40, 40, 20}}};
  inference.seconds = 0.25;
  return inference;
}

}  // namespace

TEST(Inference, survivesItsJsonForm) {
  const Inference inference = someInference();
  EXPECT_EQ(inferenceFromJson(toJson(inference), QStringLiteral("line")), inference);
  Inference file = inference;
  file.image = -1;
  file.truth.reset();
  EXPECT_EQ(inferenceFromJson(toJson(file), QStringLiteral("line")), file);
}

TEST(Inference, carriesPicturesOfAnySizeThatItAllows) {
  Inference photograph = someInference();
  photograph.shape = {3, 1024, 1365};
  photograph.pixels = QByteArray(photograph.shape.elements(), '\x7f');  // 5.6 million characters of base64
  EXPECT_EQ(inferenceFromJson(toJson(photograph), QStringLiteral("line")), photograph);
}

TEST(Inference, ordersClassesByCertaintyAndTheFirstOfEqualOnesWins) {
  const Inference inference = someInference();
  EXPECT_EQ(inference.answers[0].best(), 1U);
  EXPECT_EQ(inference.answers[1].best(), 0U);
  EXPECT_EQ(inference.answers[0].order(), (std::vector<std::size_t>{1, 2, 0}));
}

TEST(Inference, refusesPicturesAndAnswersThatDoNotFit) {
  const auto refused = [](const char *key, const QJsonValue &value) {
    QJsonObject json = toJson(someInference());
    json[QLatin1String(key)] = value;
    EXPECT_THROW((void)inferenceFromJson(json, QStringLiteral("line")), Error) << key;
  };
  refused("width", 4);
  refused("height", 100'000);
  refused("truth", 3);
  refused("pixels", QStringLiteral("AAAAAAAAAAAA"));
  refused("pixels", QStringLiteral("AAAA!AAA"));
  refused("classes", QJsonArray{});
  refused("classes", QJsonArray{QStringLiteral("Coat")});
  refused("surprise", 1);
}

TEST(Question, survivesItsJsonForm) {
  for (const Question &question :
       {Question{Find::This, 12, {}}, Question{Find::Divided, 3, {}}, Question{Find::This, 0, QStringLiteral("a.png")}})
    EXPECT_EQ(questionFromJson(toJson(question), QStringLiteral("line")), question);
}

TEST(Question, refusesUnknownSearchesAndTwoSubjects) {
  const auto refused = [](const QJsonObject &json) {
    EXPECT_THROW((void)questionFromJson(json, QStringLiteral("line")), Error);
  };
  refused({{QStringLiteral("find"), QStringLiteral("cat")}});
  refused({{QStringLiteral("image"), -1}});
  refused({{QStringLiteral("image"), 1}, {QStringLiteral("file"), QStringLiteral("a.png")}});
}

}  // namespace pimento
