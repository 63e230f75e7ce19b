using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>Each case of the table of faults at a door is a test that exists, or holds by wiring that a drawing shows.</summary>
public sealed class DoorTableTests
{
    private const string Table = "hardware/doors.md";

    private static readonly string[] Faults = ["node dead", "board dead", "bus cut", "reader torn off", "mains lost", "fire", "lobby", "line fault", "opener dead"];

    [Fact]
    public void Each_fault_at_a_door_has_a_test_or_a_drawing_for_both_sides() => Rule.Holds(
        repository => Faults.SelectMany(fault => Find(repository, fault)),
        new Breach(Table, Row("node dead")),
        new Breach(Table, string.Join('\n', Faults.Select(fault => Row(fault, "by wiring: [x](wiring/none.svg)", "by wiring: [x](wiring/none.svg)")))),
        new Breach(Table, string.Join('\n', Faults.Select(fault => Row(fault, "`ATests.No_such_test`", "`ATests.No_such_test`")))),
        new Breach((Table, string.Join('\n', Faults.Select(fault => Row(fault, "`ATests.Helps`", "`ATests.Helps`")))), ("tests/A.Tests/ATests.cs", "    [Fact]\n    public void Is_told() => Helps();\n\n    public static void Helps()\n")),
        new Breach((Table, string.Join('\n', Faults.Select(fault => Row(fault, "it is locked", "[x](wiring/a.svg)")))), ("hardware/wiring/a.svg", "<svg/>")));

    private static IEnumerable<string> Find(Repository repository, string fault)
    {
        var row = repository.One(Table).Lines.FirstOrDefault(line => line.StartsWith($"| {fault} |", StringComparison.Ordinal))?.Split('|');
        if (row is not { Length: 5 })
            return [$"{Table} has no row with two cells for \"{fault}\"."];
        return FindInCell(repository, row[2], $"\"{fault}\", outside").Concat(FindInCell(repository, row[3], $"\"{fault}\", inside"));
    }

    private static IEnumerable<string> FindInCell(Repository repository, string cell, string place)
    {
        var tests = Regex.Matches(cell, @"`(\w+)\.(\w+)`");
        var drawings = Regex.Matches(cell, @"\]\((wiring/[^)]+\.svg)\)");
        if (tests.Count == 0 && !(drawings.Count > 0 && cell.Contains("by wiring", StringComparison.Ordinal)))
            yield return $"{Table}, {place}: names no test, and no drawing \"by wiring\".";
        foreach (var name in tests.Where(test => !Exists(repository, test.Groups[1].Value, test.Groups[2].Value)).Select(test => test.Value))
            yield return $"{Table}, {place}: there is no test {name}.";
        foreach (var drawing in drawings.Select(drawing => drawing.Groups[1].Value).Where(drawing => !repository.Has($"hardware/{drawing}")))
            yield return $"{Table}, {place}: there is no drawing hardware/{drawing}.";
    }

    private static bool Exists(Repository repository, string type, string method) =>
        repository.Under("tests", $"/{type}.cs").Any(file => Regex.IsMatch(file.Text, $@"^\s*\[(Fact|Theory)\b.*\](\s*\[.*\])*\s*public [^(]*\b{method}\(", RegexOptions.Multiline));

    private static string Row(string fault, params string[] cells) => $"| {fault} | {string.Join(" | ", cells)} |";
}
