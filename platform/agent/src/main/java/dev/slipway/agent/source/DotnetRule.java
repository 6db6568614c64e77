package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps of .NET whose one project lies on the top. */
final class DotnetRule implements FrameworkRule {
  private static final Pattern TARGET =
      Pattern.compile("<TargetFramework>\\s*net(\\d{1,2}\\.\\d)\\s*</TargetFramework>");
  private static final Pattern ASSEMBLY =
      Pattern.compile("<AssemblyName>\\s*([A-Za-z0-9_.-]+)\\s*</AssemblyName>");
  private static final Pattern PROJECT = Pattern.compile("([A-Za-z0-9_.-]+)\\.(?:cs|fs|vb)proj");

  @Override
  public String lookedFor() {
    return "*.csproj, *.fsproj, *.vbproj";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    var projects =
        tree.names("*.{cs,fs,vb}proj").stream().filter(PROJECT.asMatchPredicate()).toList();
    if (projects.size() != 1) {
      return Optional.empty();
    }
    var file = projects.getFirst();
    var project = tree.text(file);
    var stated = SourceTree.first(project, ASSEMBLY);
    var assembly = stated.isEmpty() ? SourceTree.first(file, PROJECT) : stated;
    var start = "ASPNETCORE_URLS=http://0.0.0.0:$PORT dotnet out/" + assembly + ".dll";
    return Optional.of(
        Framework.of(name(project), "dotnet publish " + file + " -c Release -o out", start, 8080)
            .with("dotnet_version", SourceTree.first(project, TARGET)));
  }

  private static String name(String project) {
    if (project.contains("Microsoft.NET.Sdk.BlazorWebAssembly")) {
      return "blazor";
    }
    if (project.contains("Microsoft.NET.Sdk.Worker")) {
      return "worker";
    }
    return project.contains("Microsoft.NET.Sdk.Web") ? "aspnet" : "dotnet";
  }
}
