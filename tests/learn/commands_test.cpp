// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/worker/commands.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/learn/command_words.h"

namespace pimento::learn {

namespace {

std::string errorOf(const std::function<void()> &work) {
  try {
    work();
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

CommandWords wordsOf(const QStringList &words) {
  return CommandWords(QStringLiteral("evaluate"), words, {QStringLiteral("images"), QStringLiteral("mean")},
                      {QStringLiteral("partial")});
}

}  // namespace

TEST(Commands, areFoundByName) {
  EXPECT_STREQ(findCommand({QStringLiteral("train"), QStringLiteral("x")}).name, "train");
  EXPECT_NE(errorOf([] { static_cast<void>(findCommand({})); }).find("names no command"), std::string::npos);
  EXPECT_NE(errorOf([] { static_cast<void>(findCommand({QStringLiteral("trian")})); }).find("train"),
            std::string::npos);
}

TEST(Commands, areAllInTheHelp) {
  for (const WorkerCommand &command : commands())
    EXPECT_TRUE(usage().contains(QStringLiteral("pimento-learn %1 ").arg(QString::fromUtf8(command.name))))
        << command.name;
}

TEST(CommandWords, readOptionsFlagsAndPositionals) {
  const CommandWords words =
      wordsOf({QStringLiteral("run"), QStringLiteral("--images"), QStringLiteral("20"), QStringLiteral("--partial"),
               QStringLiteral("--mean"), QStringLiteral("0.5,0.25")});
  EXPECT_EQ(words.positional(), QStringList{QStringLiteral("run")});
  EXPECT_EQ(words.whole("images", 0, 1, 100), 20);
  EXPECT_TRUE(words.has("partial"));
  EXPECT_EQ(words.numbers("mean", 0, 1), (std::vector<double>{0.5, 0.25}));
}

TEST(CommandWords, nameWhatIsWrong) {
  const auto error = [](const QStringList &list) {
    return errorOf([&] {
      const CommandWords words = wordsOf(list);
      static_cast<void>(words.whole("images", 0, 1, 100));
      static_cast<void>(words.numbers("mean", 0, 1));
    });
  };
  EXPECT_NE(error({QStringLiteral("--imags"), QStringLiteral("1")}).find("images"), std::string::npos);
  EXPECT_NE(error({QStringLiteral("--images")}).find("lacks its value"), std::string::npos);
  EXPECT_NE(error({QStringLiteral("--images"), QStringLiteral("0")}).find("1 to 100"), std::string::npos);
  EXPECT_NE(error({QStringLiteral("--mean"), QStringLiteral("0.5,x")}).find("parted by commas"), std::string::npos);
  EXPECT_NE(error({QStringLiteral("--partial"), QStringLiteral("--partial")}).find("twice"), std::string::npos);
  EXPECT_NE(errorOf([] { static_cast<void>(wordsOf({}).required("images")); }).find("not given"), std::string::npos);
}

}  // namespace pimento::learn
