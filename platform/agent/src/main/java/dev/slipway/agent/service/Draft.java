package dev.slipway.agent.service;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * A backup in the making: compressed and digested on its way to a file that gets its name when it
 * is whole and on disk. What is not kept is deleted.
 */
final class Draft implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path draft;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = BackupFiles.sha256();
  private final Counted content;

  /**
   * @param draft is not there yet
   * @param file its name when it is whole
   */
  Draft(Path draft, Path file) throws IOException {
    this.draft = draft;
    this.file = file;
    channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            BackupFiles.OWNER);
    var guarded = new Guarded(Channels.newOutputStream(channel));
    content = new Counted(new GZIPOutputStream(new DigestOutputStream(guarded, digest), BUFFER));
  }

  /** Takes what is saved, as it is. */
  OutputStream content() {
    return content;
  }

  /** Nothing more comes: the file gets its name. */
  Backup keep(Backup.Origin origin) throws IOException {
    content.finish();
    channel.force(true);
    var note =
        new Backup.Note(
            origin, channel.size(), content.bytes, HexFormat.of().formatHex(digest.digest()));
    channel.close();
    // A file without a note is taken for none, and a note without a file too.
    BackupFiles.write(file, note);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return new Backup(file, note);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }

  private static final class Counted extends FilterOutputStream {
    private final GZIPOutputStream compressed;
    private long bytes;

    Counted(GZIPOutputStream compressed) {
      super(compressed);
      this.compressed = compressed;
    }

    @Override
    public void write(int b) throws IOException {
      compressed.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      compressed.write(source, offset, length);
      bytes += length;
    }

    void finish() throws IOException {
      compressed.finish();
      compressed.flush();
    }
  }

  /** Looks at the disk now and then, so that what else is on it can go on writing. */
  private final class Guarded extends FilterOutputStream {
    private static final long STEP = 8 << 20;

    private long untilLook = STEP;

    Guarded(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      untilLook -= length;
      if (untilLook < 0) {
        untilLook = STEP;
        BackupFiles.requireRoom(file.getParent(), STEP);
      }
      out.write(source, offset, length);
    }
  }
}
