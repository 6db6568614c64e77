package dev.slipway.agent.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/** Tars of one entry, the way the engine takes files. */
final class Tars {
  private static final int BLOCK = 512;
  private static final ZipEncoding NAMES = ZipEncodingHelper.getZipEncoding(StandardCharsets.UTF_8);

  private Tars() {}

  static InputStream file(String name, String text, int mode) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return file(name, mode, bytes.length, new ByteArrayInputStream(bytes));
  }

  /** A file of any size, which is read as it is sent. */
  static InputStream file(String name, int mode, long size, InputStream content)
      throws IOException {
    var entry = entry(name, mode);
    entry.setSize(size);
    return packed(entry, content);
  }

  /** A file that nobody but its owner reads. */
  static InputStream secret(String name, String text, int user, int group) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var entry = entry(name, 0600);
    entry.setIds(user, group);
    entry.setSize(bytes.length);
    return packed(entry, new ByteArrayInputStream(bytes));
  }

  static InputStream folder(String path, int mode) throws IOException {
    return packed(entry(path.substring(1) + "/", mode), InputStream.nullInputStream());
  }

  private static TarArchiveEntry entry(String name, int mode) {
    var entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setIds(0, 0);
    return entry;
  }

  private static InputStream packed(TarArchiveEntry entry, InputStream content) throws IOException {
    var header = new byte[BLOCK];
    entry.writeEntryHeader(header, NAMES, true);
    int rest = (int) (entry.getSize() % BLOCK);
    int padding = rest == 0 ? 0 : BLOCK - rest;
    var end = new ByteArrayInputStream(new byte[padding + 2 * BLOCK]);
    var parts = List.of(new ByteArrayInputStream(header), content, end);
    return new SequenceInputStream(Collections.enumeration(parts));
  }
}
