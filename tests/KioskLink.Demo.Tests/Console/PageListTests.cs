using System.Text.RegularExpressions;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests.Console;

/// <summary>The tests of looks see every page that there is.</summary>
public sealed partial class PageListTests
{
    [Fact]
    public void Every_page_of_the_console_stands_in_a_list_of_those_who_see_it()
    {
        var routes = Directory.EnumerateFiles(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Console"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Route().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["route"].Value)
            .ToList();
        var listed = Pages.OfStaff(new Examples("", 0, "", "", "", "", "")).Concat(Pages.OfEverybody).Concat(Pages.OfPatrons).Select(page => page.Route).ToHashSet();
        Assert.NotEmpty(routes);
        Assert.DoesNotContain(routes, route => !listed.Contains(route));
        Assert.Empty(listed.Except(routes));
    }

    [GeneratedRegex("^@page \"(?<route>[^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Route();
}
