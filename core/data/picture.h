// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSize>
#include <QString>
#include <QStringList>

#include "core/data/images.h"

class QImage;

namespace pimento {

// The raster formats that are read: PNG, JPEG, BMP, GIF (its first picture), PPM and PGM, and, where Qt's plugins for
// them are installed, WebP and TIFF. Which one a file has is told by its first bytes, never by its name, and no other
// decoder sees it: drawings such as SVG, which may name other files, are refused.
[[nodiscard]] const QStringList &pictureSuffixes();           // of those that can be read here: "png", "jpg", …
[[nodiscard]] QString pictureFormat(const QByteArray &head);  // "png", of 16 bytes or more; empty: none of them

// Whether the file's content begins as a picture does. Opens nothing but an ordinary file.
[[nodiscard]] bool isPicture(const QString &path);

// The size of a picture in pixels by its header, turned as its camera says. Throws Error if it is none of the formats.
[[nodiscard]] QSize pictureSize(const QString &path);

// A picture of 3 x 8 bits (RGB888), turned as its camera says. A large one, above 64 MB of pixels, is decoded at about
// the size at which its shorter side has `side` pixels (0: as it is). Throws Error naming the file if it is none of the
// formats, has more than 32,768 pixels a side, is damaged or truncated (a warning of the JPEG decoder counts), or takes
// more than 512 MB.
[[nodiscard]] QImage decodePicture(const QString &path, int side);

// Scaled so that the shorter side has max(resize, crop) pixels, and cropped to the middle crop x crop; as it is if it
// has that size. No more than the middle of a very long picture is scaled.
[[nodiscard]] QImage fitted(const QImage &image, int crop, int resize);

// The planes of an RGB888 picture behind one another: red, green, blue.
void appendPlanes(QByteArray &pixels, const QImage &image);

// One picture scaled and cropped to the images of a data set; a grey set takes its brightness. Its label is 0. Throws
// Error if it can not be read or decoded, or for a shape of neither one nor three channels.
[[nodiscard]] Images readPicture(const QString &path, const Shape &shape);

}  // namespace pimento
