package io.tercet.chat.people.picture;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of making pictures. One that is made takes the file twice, and 16 MB.
///
/// @param pixelsMax pixels of a file
/// @param manyScansPixelsMax … of a JPEG in several scans, such as a progressive one: the decoder
///     keeps all of it, 6 bytes a pixel at most, outside the heap
/// @param scansMax scans of a JPEG; each passes over the whole image
/// @param sideMax pixels of its width, and of its height: a decoder keeps a row
/// @param madeAtOnce pictures that are made at the same time
/// @param waitMax longest wait for that
/// @param renditionMax bytes of each size
@ConfigurationProperties("tercet.pictures")
record PictureSettings(
    @DefaultValue("40000000") int pixelsMax,
    @DefaultValue("16000000") int manyScansPixelsMax,
    @DefaultValue("64") int scansMax,
    @DefaultValue("20000") int sideMax,
    @DefaultValue("1") int madeAtOnce,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("64KB") DataSize renditionMax) {}
