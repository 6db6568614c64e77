package dev.slipway.deployments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/** A gzipped tar in the making, also of what no honest tool would pack. */
public final class TestArchive {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  public TestArchive() {
    tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  /** An archive with one file. */
  public static byte[] of(String name, String content) {
    return new TestArchive().file(name, content).gzipped();
  }

  public TestArchive file(String name, String content) {
    return file(name, content, 0644);
  }

  public TestArchive file(String name, String content, int mode) {
    var data = content.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(data.length);
    return put(entry, data);
  }

  public TestArchive folder(String name) {
    return entry(name, TarConstants.LF_DIR, "");
  }

  public TestArchive link(String name, String target) {
    return entry(name, TarConstants.LF_SYMLINK, target);
  }

  /** An entry of any kind, without content. */
  public TestArchive entry(String name, byte kind, String target) {
    var entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  private TestArchive put(TarArchiveEntry entry, byte[] data) {
    try {
      tar.putArchiveEntry(entry);
      tar.write(data);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The header of a file that says it is this long, with nothing behind it. */
  public TestArchive claim(String name, long size) {
    var header = new byte[512];
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(size);
    write(entry, header);
    return raw(header);
  }

  private static void write(TarArchiveEntry entry, byte[] header) {
    try {
      entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Blocks as they are. */
  public TestArchive raw(byte[] blocks) {
    try {
      tar.flush();
      bytes.write(blocks);
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public byte[] tar() {
    try {
      tar.finish();
      return bytes.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public byte[] gzipped() {
    return gzip(tar());
  }

  public static byte[] gzip(byte[] plain) {
    try {
      var packed = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(packed)) {
        out.write(plain);
      }
      return packed.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
