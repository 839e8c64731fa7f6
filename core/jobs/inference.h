// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/network/network_spec.h"

namespace pimento {

// What pimento-learn infer is asked, one JSON object a line:
//   {"image": 12}                          of the test set
//   {"file": "/photos/shoe.png"}           a picture
//   {"find": "divided", "image": 12}       the first image at or after 12 (around the end) whose answers differ;
//   {"find": "wrong", "image": 12}         …that any variant gets wrong
enum class Find : std::uint8_t { This, Divided, Wrong };

struct Question {
  Find find = Find::This;
  std::int64_t image = 0;
  QString file;  // instead of an image of the test set, if not empty
  bool operator==(const Question &) const = default;
};

[[nodiscard]] QJsonObject toJson(const Question &question);
[[nodiscard]] Question questionFromJson(const QJsonObject &json, const QString &place);

// What a variant says of a picture: its certainty of each class in per cent (softmax of the scores; they add up to
// 100).
struct Answer {
  QString variant;
  std::vector<double> certainty_pct;                     // by class
  [[nodiscard]] std::size_t best() const;                // the class it is most certain of, the first of equal ones
  [[nodiscard]] std::vector<std::size_t> order() const;  // classes, most certain first
  bool operator==(const Answer &) const = default;
};

// What all variants of a run answer to one picture.
struct Inference {
  Shape shape;               // of the picture as the data set has it
  QByteArray pixels;         // 8 bits a channel, channel by channel and row by row
  QString source;            // "test image 12 of Fashion-MNIST", or the file's name
  std::int64_t image = -1;   // of the test set; -1: a file
  std::int64_t images = 0;   // that the test set has
  std::optional<int> truth;  // class; none known for a file
  QStringList classes;
  std::vector<Answer> answers;  // one a variant, in the order of the job
  double seconds = 0;           // measured: all variants on this machine's processor
  bool operator==(const Inference &) const = default;
};

// {"event": "inference", …}. Throws Error naming `place` and the key for sizes that do not fit, classes out of range,
// more than 100,000 classes or pictures of more than 64 MB.
[[nodiscard]] QJsonObject toJson(const Inference &inference);
[[nodiscard]] Inference inferenceFromJson(const QJsonObject &json, const QString &place);

}  // namespace pimento
