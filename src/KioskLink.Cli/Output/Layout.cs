using Spectre.Console;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Output;

/// <summary>How answers look to people. Every text is taken as it is: brackets in names are no markup.</summary>
internal static class Layout
{
    /// <summary>One paragraph.</summary>
    public static IRenderable Sentence(string text) => new Text(text);

    /// <summary>A table, or a sentence when there is nothing to list.</summary>
    public static IRenderable Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, string whenEmpty)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table.Rows.Count == 0 ? Sentence(whenEmpty) : table;
    }

    /// <summary>Names and values, one a line; empty values are left out.</summary>
    public static IRenderable Fields(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in fields)
        {
            if (value.Length > 0)
                grid.AddRow(new Text(name), new Text(value));
        }

        return grid;
    }

    /// <summary>One under the other.</summary>
    public static IRenderable Stack(params IEnumerable<IRenderable> parts) => new Rows(parts);
}
