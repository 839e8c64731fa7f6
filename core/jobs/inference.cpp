// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/inference.h"

#include <QJsonArray>
#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/files/json_reader.h"

namespace pimento {

namespace {

constexpr int MostClasses = 100'000;
constexpr int MostSide = 4096;
constexpr int MostImages = 1 << 30;

QStringList findNames() { return {QString(), QStringLiteral("divided"), QStringLiteral("wrong")}; }

Answer answerFrom(const QJsonObject &json, qsizetype classes, const QString &place) {
  const JsonReader reader(json, place, {QStringLiteral("variant"), QStringLiteral("certainty_pct")});
  Answer answer{reader.text("variant"), {}};
  const QJsonArray values = reader.array("certainty_pct");
  if (values.size() != classes)
    reader.fail("certainty_pct", QStringLiteral("has %1 values for %2 classes").arg(values.size()).arg(classes));
  for (const QJsonValue &value : values) answer.certainty_pct.push_back(value.toDouble());
  return answer;
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

QJsonObject toJson(const Question &question) {
  QJsonObject json;
  if (!question.file.isEmpty()) return {{QStringLiteral("file"), question.file}};
  json[QStringLiteral("image")] = static_cast<qint64>(question.image);
  if (question.find != Find::This) json[QStringLiteral("find")] = findNames()[static_cast<int>(question.find)];
  return json;
}

Question questionFromJson(const QJsonObject &json, const QString &place) {
  const JsonReader reader(json, place, {QStringLiteral("image"), QStringLiteral("file"), QStringLiteral("find")});
  Question question;
  question.image = reader.whole("image", 0, 0, MostImages);
  question.file = reader.text("file");
  const QString find = reader.text("find");
  const auto known = findNames().indexOf(find);
  if (known < 0) reader.fail("find", quoted(find), knownWords(find, findNames().mid(1)));
  question.find = static_cast<Find>(known);
  if (!question.file.isEmpty() && (reader.has("image") || reader.has("find")))
    reader.fail("file", QStringLiteral("stands beside an image of the test set"), QStringLiteral("give one of them"));
  return question;
}

QJsonObject toJson(const Inference &inference) {
  QJsonArray answers;
  for (const Answer &answer : inference.answers) {
    QJsonArray values;
    for (const double value : answer.certainty_pct) values.append(value);
    answers.append(QJsonObject{{QStringLiteral("variant"), answer.variant}, {QStringLiteral("certainty_pct"), values}});
  }
  QJsonObject json{{QStringLiteral("event"), QStringLiteral("inference")},
                   {QStringLiteral("channels"), inference.shape.channels},
                   {QStringLiteral("height"), inference.shape.height},
                   {QStringLiteral("width"), inference.shape.width},
                   {QStringLiteral("pixels"), QString::fromLatin1(inference.pixels.toBase64())},
                   {QStringLiteral("source"), inference.source},
                   {QStringLiteral("images"), static_cast<qint64>(inference.images)},
                   {QStringLiteral("classes"), QJsonArray::fromStringList(inference.classes)},
                   {QStringLiteral("answers"), answers},
                   {QStringLiteral("seconds"), inference.seconds}};
  if (inference.image >= 0) json[QStringLiteral("image")] = static_cast<qint64>(inference.image);
  if (inference.truth) json[QStringLiteral("truth")] = *inference.truth;
  return json;
}

Inference inferenceFromJson(const QJsonObject &json, const QString &place) {
  const JsonReader reader(
      json, place,
      {QStringLiteral("event"), QStringLiteral("channels"), QStringLiteral("height"), QStringLiteral("width"),
       QStringLiteral("pixels"), QStringLiteral("source"), QStringLiteral("image"), QStringLiteral("images"),
       QStringLiteral("truth"), QStringLiteral("classes"), QStringLiteral("answers"), QStringLiteral("seconds")});
  Inference inference;
  inference.shape = {reader.whole("channels", 0, 1, 3), reader.whole("height", 0, 1, MostSide),
                     reader.whole("width", 0, 1, MostSide)};
  inference.pixels = reader.bytes("pixels", inference.shape.elements());
  if (inference.pixels.size() != inference.shape.elements())
    reader.fail("pixels", QStringLiteral("do not fit the picture's size"));
  inference.source = reader.text("source");
  if (reader.has("image")) inference.image = reader.whole("image", 0, 0, MostImages);
  inference.images = reader.whole("images", 0, 0, MostImages);
  inference.classes = reader.texts("classes");
  if (inference.classes.isEmpty() || inference.classes.size() > MostClasses)
    reader.fail("classes", QStringLiteral("are %1").arg(inference.classes.size()));
  const auto classes = inference.classes.size();
  if (reader.has("truth")) inference.truth = reader.whole("truth", 0, 0, static_cast<int>(classes) - 1);
  for (const QJsonObject &answer : reader.objects("answers"))
    inference.answers.push_back(answerFrom(answer, classes, place));
  inference.seconds = reader.number("seconds", 0, 0, 1e9);
  return inference;
}

}  // namespace pimento
