using System.Text.Json.Nodes;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Output;

/// <summary>What a command found out or did, once for programs and once for people.</summary>
/// <param name="Json">For programs: stable camelCase names.</param>
/// <param name="Text">For people.</param>
/// <param name="Code">How the command ended.</param>
internal sealed record Answer(JsonNode Json, IRenderable Text, ExitCode Code = ExitCode.Done);
