// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace pimento {

// What a file holds, unpacked if it is gzip (RFC 1952; one member may follow another), from its beginning and in pieces
// that the caller has room for: a header can be judged before anything is reserved for the body. Throws Error naming
// the place for damage, a wrong checksum, and whatever follows a member that is no further one.
class UnpackedFile {
 public:
  explicit UnpackedFile(const QString &path);  // an ordinary file of up to 1 GB
  UnpackedFile(const QByteArray &bytes, const QString &place);
  ~UnpackedFile();
  UnpackedFile(UnpackedFile &&) noexcept;

  [[nodiscard]] const QString &place() const { return m_place; }
  // The most that it can hold: no packed byte stands for more than 1,032.
  [[nodiscard]] std::int64_t mostBytes() const;
  // Fills as much of `out` as there is, and tells how much that was.
  std::size_t read(std::span<std::uint8_t> out);

 private:
  class Inflater;
  bool fetch();  // the next packed bytes
  QString m_place;
  std::function<QByteArray(std::int64_t from, std::int64_t count)> m_source;
  std::int64_t m_size = 0;
  std::int64_t m_fetched = 0;
  QByteArray m_piece;
  qsizetype m_used = 0;                  // of the piece
  std::unique_ptr<Inflater> m_inflater;  // none: the file is plain
};

}  // namespace pimento
