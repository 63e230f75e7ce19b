using System.Globalization;
using System.Text.Json.Nodes;
using KioskLink.Sip2.Transcript;
using Spectre.Console;
using Spectre.Console.Rendering;
using Layout = KioskLink.Cli.Output.Layout;

namespace KioskLink.Cli.Checkout;

/// <summary>Messages of the wire for people and for programs.</summary>
internal static class MessageView
{
    private const int IdColumn = 4, NameColumn = 22, ValueColumn = 34;
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>A message as it was spoken, its fields one a line.</summary>
    public static IRenderable Text(Spoken spoken)
    {
        var (arrow, colour) = spoken.FromMachine ? ("→", Color.Aqua) : ("←", Color.Green);
        var head = new Paragraph($"{spoken.At.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} ", Dim)
            .Append($"{arrow} {Code(spoken.Message)} {spoken.Message.Name}".TrimEnd(), new Style(colour, decoration: Decoration.Bold));
        if (spoken.Message.Check.Length > 0)
            head.Append($"  sequence {spoken.Message.Check}", Dim);
        return Layout.Stack(head, Fields(spoken.Message));
    }

    /// <summary>A message as it was spoken.</summary>
    public static JsonObject Json(Spoken spoken)
    {
        var json = new JsonObject { ["time"] = spoken.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["from"] = spoken.FromMachine ? "machine" : "library" };
        foreach (var (name, value) in Json(spoken.Message).ToList())
            json[name] = value?.DeepClone();
        return json;
    }

    /// <summary>A message.</summary>
    public static JsonObject Json(ExplainedMessage message) => new()
    {
        ["code"] = Code(message),
        ["name"] = message.Name,
        ["fields"] = new JsonArray([.. message.Fields.Select(field => new JsonObject { ["id"] = field.Id, ["name"] = field.Name, ["value"] = field.Value, ["meaning"] = field.Meaning })]),
        ["check"] = message.Check,
    };

    private static Grid Fields(ExplainedMessage message)
    {
        var grid = new Grid().AddColumn(Column(IdColumn)).AddColumn(Column(NameColumn)).AddColumn(Column(ValueColumn)).AddColumn();
        foreach (var field in message.Fields)
            grid.AddRow(new Text($"  {field.Id}", Dim), new Text(field.Name), new Text(field.Value), new Text(field.Meaning, Dim));
        return grid;
    }

    private static GridColumn Column(int width) => new GridColumn().Width(width);

    private static string Code(ExplainedMessage message) => message.Code == 0 ? "" : ((int)message.Code).ToString("00", CultureInfo.InvariantCulture);
}
