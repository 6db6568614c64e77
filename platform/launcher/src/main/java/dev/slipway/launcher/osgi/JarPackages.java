package dev.slipway.launcher.osgi;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which packages a jar offers, each with its versions: slf4j exports the old one beside the new.
 */
final class JarPackages {

  /** The framework exports these itself, with the versions that it implements. */
  private static final Pattern FRAMEWORK =
      Pattern.compile(
          "org\\.osgi\\.(framework|resource|service\\.[a-z]+|util\\.tracker|dto)(\\..*)?");

  private static final Pattern FILE_VERSION = Pattern.compile("-(\\d[^/]*)\\.jar$");
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(.*)");
  private static final Pattern VERSION =
      Pattern.compile(";\\s*version(?::Version)?\\s*=\\s*\"?([^\";]+)\"?");

  /** Directives and attributes other than the version. */
  private static final Pattern QUOTED_LIST =
      Pattern.compile(";\\s*(?!version\\b)[^;=\"]+=\\s*\"[^\"]*\"");

  private JarPackages() {}

  static Map<String, Set<String>> of(JarFile jar, String fileName) throws IOException {
    var manifest = jar.getManifest();
    var attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    var declared = attributes.getValue("Export-Package");
    var packages = declared == null ? scan(jar, version(attributes, fileName)) : parse(declared);
    packages.keySet().removeIf(name -> FRAMEWORK.matcher(name).matches());
    return packages;
  }

  /**
   * Splits a manifest header at its top-level commas; {@code uses} and other directives drop out.
   */
  static Map<String, Set<String>> parse(String header) {
    var packages = new TreeMap<String, Set<String>>();
    var quoted = false;
    var start = 0;
    for (var i = 0; i <= header.length(); i++) {
      var end = i == header.length();
      if (!end && header.charAt(i) == '"') {
        quoted = !quoted;
      } else if (end || (header.charAt(i) == ',' && !quoted)) {
        addClause(header.substring(start, i).strip(), packages);
        start = i + 1;
      }
    }
    return packages;
  }

  private static void addClause(String clause, Map<String, Set<String>> packages) {
    // A quoted value may itself hold semicolons and attributes.
    var bare = QUOTED_LIST.matcher(clause).replaceAll("");
    var version = VERSION.matcher(bare);
    var number = version.find() ? version.group(1) : "0.0.0";
    for (var part : bare.split(";")) {
      var name = part.strip();
      if (name.isEmpty() || name.contains("=")) {
        return;
      }
      packages.computeIfAbsent(name, _ -> new TreeSet<>()).add(normalise(number));
    }
  }

  private static Map<String, Set<String>> scan(JarFile jar, String version) {
    var packages = new TreeMap<String, Set<String>>();
    jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .filter(name -> name.indexOf('/') > 0)
        .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
        .forEach(name -> packages.put(name, Set.of(version)));
    return packages;
  }

  private static String version(Attributes manifest, String fileName) {
    var inName = FILE_VERSION.matcher(fileName);
    if (inName.find()) {
      return normalise(inName.group(1));
    }
    return normalise(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
  }

  /** Makes three numbers and a qualifier of what Maven allows as a version. */
  static String normalise(@Nullable String version) {
    var matcher = NUMBERS.matcher(version == null ? "" : version.strip());
    if (!matcher.matches()) {
      return "0.0.0";
    }
    var numbers =
        number(matcher.group(1)) + "." + number(matcher.group(2)) + "." + number(matcher.group(3));
    var qualifier = matcher.group(4).replaceFirst("^[.-]", "").replaceAll("[^A-Za-z0-9_-]", "_");
    return qualifier.isEmpty() ? numbers : numbers + "." + qualifier;
  }

  /** OSGi reads a part as an int; a date stamp with more digits would be refused. */
  private static String number(@Nullable String digits) {
    if (digits == null) {
      return "0";
    }
    return digits.length() > 9 ? digits.substring(0, 9) : digits;
  }
}
