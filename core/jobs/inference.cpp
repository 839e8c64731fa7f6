// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/inference.h"

#include <QJsonArray>
#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/files/json_form.h"

namespace pimento {

namespace {

constexpr int MostClasses = 100'000;
constexpr int MostSide = 4096;
constexpr int MostImages = 1 << 30;

QStringList findNames() { return {QStringLiteral("this"), QStringLiteral("divided"), QStringLiteral("wrong")}; }

// As many as there are classes.
std::vector<double> certainties(const JsonReader &reader, qsizetype classes) {
  const QJsonArray values = reader.array("certainty_pct");
  if (values.size() != classes)
    reader.fail("certainty_pct", QStringLiteral("has %1 values for %2 classes").arg(values.size()).arg(classes));
  std::vector<double> certainty_pct;
  for (const QJsonValue &value : values) certainty_pct.push_back(value.toDouble());
  return certainty_pct;
}

}  // namespace

std::size_t Answer::best() const {
  return static_cast<std::size_t>(std::max_element(certainty_pct.begin(), certainty_pct.end()) - certainty_pct.begin());
}

std::vector<std::size_t> Answer::order() const {
  std::vector<std::size_t> classes(certainty_pct.size());
  std::iota(classes.begin(), classes.end(), std::size_t{0});
  std::stable_sort(classes.begin(), classes.end(),
                   [this](std::size_t a, std::size_t b) { return certainty_pct[a] > certainty_pct[b]; });
  return classes;
}

// Found by their types, so they stand in the namespace of the questions and answers.

static void describe(JsonForm &form, Question &question) {
  form.text("file", question.file, JsonForm::Sparse);
  if (!form.reads() && !question.file.isEmpty()) return;  // instead of an image
  form.whole("image", question.image, 0, MostImages);
  form.word("find", question.find, findNames(), JsonForm::Sparse);
}

static void describe(JsonForm &form, Answer &answer, const QStringList &classes) {
  form.text("variant", answer.variant);
  form.member(
      "certainty_pct", [&] { return arrayOf(answer.certainty_pct); },
      [&](const JsonReader &reader) { answer.certainty_pct = certainties(reader, classes.size()); });
}

static void describe(JsonForm &form, Inference &inference) {
  Shape &shape = inference.shape;
  form.only("event", QStringLiteral("inference"), QStringLiteral("is no answer"));
  form.whole("channels", shape.channels, 1, 3, JsonForm::Required);
  form.whole("height", shape.height, 1, MostSide, JsonForm::Required);
  form.whole("width", shape.width, 1, MostSide, JsonForm::Required);
  form.bytes("pixels", inference.pixels, shape.elements());
  form.check(inference.pixels.size() == shape.elements(), "pixels", QStringLiteral("do not fit the picture's size"));
  form.text("source", inference.source);
  form.whole("image", inference.image, 0, MostImages, JsonForm::Sparse);
  form.whole("images", inference.images, 0, MostImages);
  form.texts("classes", inference.classes);
  const auto classes = inference.classes.size();
  form.check(classes >= 1 && classes <= MostClasses, "classes", QStringLiteral("are %1").arg(classes));
  form.whole("truth", inference.truth, 0, static_cast<int>(classes) - 1);
  form.parts("answers", inference.answers, JsonForm::MaxAny, inference.classes);
  form.number("seconds", inference.seconds, 0, 1e9);
}

QJsonObject toJson(const Question &question) { return writtenForm(question); }

Question questionFromJson(const QJsonObject &json, const QString &place) {
  const JsonReader reader(json, place, keysOf<Question>());
  const auto question = readForm<Question>(reader);
  if (!question.file.isEmpty() && (reader.has("image") || reader.has("find")))
    reader.fail("file", QStringLiteral("stands beside an image of the test set"), QStringLiteral("give one of them"));
  return question;
}

QJsonObject toJson(const Inference &inference) { return writtenForm(inference); }

Inference inferenceFromJson(const QJsonObject &json, const QString &place) { return readForm<Inference>(json, place); }

}  // namespace pimento
