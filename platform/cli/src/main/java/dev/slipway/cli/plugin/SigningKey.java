package dev.slipway.cli.plugin;

import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** An Ed25519 key pair in a file that only its owner reads: two PEM blocks. */
public record SigningKey(PrivateKey secret, PublicKey open) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END");

  /** Makes a new pair; the file must not exist yet. */
  public static SigningKey create(Path file) {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      var key = new SigningKey(pair.getPrivate(), pair.getPublic());
      var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.createFile(file, mine);
      Files.writeString(file, key.text(), StandardOpenOption.TRUNCATE_EXISTING);
      return key;
    } catch (FileAlreadyExistsException taken) {
      throw CliException.usage(file + " exists; a key is never written over");
    } catch (IOException failure) {
      throw CliException.failed(file + " can not be written: " + failure.getMessage());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Ed25519 is part of every JDK", missing);
    }
  }

  /** Reads what {@link #create} has written. */
  public static SigningKey read(Path file) {
    try {
      var text = Files.readString(file);
      var factory = KeyFactory.getInstance("Ed25519");
      return new SigningKey(
          factory.generatePrivate(new PKCS8EncodedKeySpec(block(text, "PRIVATE"))),
          factory.generatePublic(new X509EncodedKeySpec(block(text, "PUBLIC"))));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException malformed) {
      throw CliException.usage(file + " is no key made by plugin key new");
    }
  }

  /** What {@code plugin key trust} takes: the file of a key pair, or its public block alone. */
  public static String readPublic(Path file) {
    try {
      return Base64.getEncoder().encodeToString(block(Files.readString(file), "PUBLIC"));
    } catch (IOException | IllegalArgumentException malformed) {
      throw CliException.usage(file + " holds no public key");
    }
  }

  /** What the platform knows it by. */
  public String id() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(open.getEncoded()));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }

  /** The block that others may have. */
  public String publicText() {
    return pem("PUBLIC", open.getEncoded());
  }

  byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("signing failed", failure);
    }
  }

  private String text() {
    return pem("PRIVATE", secret.getEncoded()) + publicText();
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n"
        .formatted(kind, Base64.getEncoder().encodeToString(content));
  }

  private static byte[] block(String text, String kind) {
    var blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals(kind)) {
        return Base64.getMimeDecoder().decode(blocks.group(2));
      }
    }
    throw new IllegalArgumentException("there is no such block");
  }
}
