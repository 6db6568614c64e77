package dev.slipway.agent.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of a source tree that tell what it is. Links are not followed, and what is too big to
 * be what its name says is taken for empty.
 */
final class SourceTree {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FILE = 256 * 1024;
  private static final int MOST_NAMES = 1_000;

  private final Path folder;

  SourceTree(Path folder) {
    this.folder = folder;
  }

  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  boolean hasFolder(String name) {
    return Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Empty for a file that is missing or too big. */
  String text(String name) throws IOException {
    var file = folder.resolve(name);
    if (!has(name) || Files.size(file) > MAX_FILE) {
      return "";
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Of several files together. */
  String texts(List<String> names) throws IOException {
    var all = new StringBuilder();
    for (var name : names) {
      all.append(text(name)).append('\n');
    }
    return all.toString();
  }

  /** An object without members for what is no JSON: that shows when the build runs. */
  JsonNode json(String name) throws IOException {
    try {
      return JSON.readTree(text(name));
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  /** Names of files on the top, in order. */
  List<String> names(String glob) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder, glob)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (found.size() < MOST_NAMES && has(name)) {
          found.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  /** Names of folders on the top that hold this file, in order. */
  List<String> foldersWith(String name) throws IOException {
    var found = new ArrayList<String>();
    try (var folders = Files.newDirectoryStream(folder, this::isFolder)) {
      for (var each : folders) {
        var path = each.getFileName() + "/" + name;
        if (found.size() < MOST_NAMES && has(path)) {
          found.add(each.getFileName().toString());
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  private boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The first group of the first match; empty where there is none. */
  static String first(String text, Pattern pattern) {
    var match = pattern.matcher(text);
    return match.find() ? match.group(1) : "";
  }

  /** The first version number in a text; empty where there is none. */
  static String version(String text) {
    return first(text, VERSION);
  }

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4}){0,2})");
}
