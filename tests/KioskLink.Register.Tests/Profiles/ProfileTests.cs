using KioskLink.Register.Profiles;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Profiles;

public sealed class ProfileTests
{
    [Theory]
    [InlineData("lastu", 9, 1)]
    [InlineData("heili", 8, 8)]
    [InlineData("helmet", 4, 4)]
    public void The_shipped_profiles_load_with_their_members_and_controllers(string name, int members, int controllers)
    {
        var profile = ProfileReader.Load(name);

        Assert.Equal((name, members, controllers), (profile.Id, profile.Members.Count, profile.Controllers.Count));
        Assert.Equal((4, 8), (profile.Pin.MinLength, profile.Pin.MaxLength));
        Assert.Equal(["adult", "child", "home-service", "community"], profile.Groups.Select(group => group.Code));
    }

    [Fact]
    public void A_profile_is_read_from_any_file()
    {
        using var folder = new TempFolder();
        var path = folder.Write("mine.json", Text().Replace("\"lastu\"", "\"mine\"", StringComparison.Ordinal));

        Assert.Equal("mine", ProfileReader.Load(path).Id);
    }

    [Theory]
    [InlineData("\"termsRequired\"", "\"termsRequird\"", "termsRequird")]
    [InlineData("\"minimumAge\": 15", "\"minimumAge\": \"old\"", "minimumAge")]
    [InlineData("\"minimumAge\": 15", "\"minimumAge\": -1", "minimumAge")]
    [InlineData("\"offlineMaxAge\": \"7d\"", "\"offlineMaxAge\": \"7 weeks\"", "offlineMaxAge")]
    [InlineData("\"unlockFor\": \"10s\"", "\"unlockFor\": \"0s\"", "unlockFor")]
    [InlineData("\"unlockFor\": \"10s\"", "\"unlockFor\": \"10s\", \"extendedUnlock\": 0.5", "extendedUnlock")]
    [InlineData("\"registerPatience\": \"250ms\"", "\"registerPatience\": \"0ms\"", "registerPatience")]
    [InlineData("\"controllers\": [\"City of Lahti\"]", "\"controllers\": []", "controllers")]
    [InlineData("\"maxLength\": 8", "\"maxLength\": 9", "pin.maxLength")]
    [InlineData("library-mod10", "mod11", "cardFormats.check")]
    [InlineData("^2[0-9]{13}$", "^2[0-9{13}$", "cardFormats.pattern")]
    [InlineData("\"code\": \"child\"", "\"code\": \"adult\"", "groups")]
    public void What_is_wrong_in_a_profile_is_told_in_one_sentence_that_names_the_key(string right, string wrong, string key)
    {
        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(Text().Replace(right, wrong, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("{ \"fi\": \"Syy\", \"sv\": \"Skäl\" }", "$.bans.reasons[4].text: the key \"en\" is missing")]
    [InlineData("{ \"fi\": \"Syy\", \"sv\": \"Skäl\", \"en\": 5 }", "$.bans.reasons[4].text.en: the value has the wrong form")]
    [InlineData("{ \"fi\": \"Syy\", \"sv\": \"Skäl\", \"en\": \"Why\", \"no\": \"Grunn\" }", "$.bans.reasons[4].text.no: the key \"no\" is unknown")]
    [InlineData("\"nowhere\"", "$.bans.reasons[4].text: the value has the wrong form")]
    public void What_is_wrong_in_a_text_is_told_with_its_line_and_its_key_from_the_profile_s_root(string text, string told)
    {
        var reasons = System.Text.Json.Nodes.JsonNode.Parse(Text(), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        reasons["bans"]!["reasons"]![4]!["text"] = System.Text.Json.Nodes.JsonNode.Parse(text);
        var json = reasons.ToJsonString(new() { WriteIndented = true });

        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(json, "mine"));

        var line = json.Split('\n').Index().First(line => line.Item.Contains("Grunn", StringComparison.Ordinal) || line.Item.Contains("\"nowhere\"", StringComparison.Ordinal) || line.Item.Contains("\"Syy\"", StringComparison.Ordinal)).Index;
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
        Assert.Matches(@"line (\d+)", problem.Message);
        Assert.InRange(int.Parse(System.Text.RegularExpressions.Regex.Match(problem.Message, @"line (\d+)").Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), line, line + 5);
    }

    [Theory]
    [InlineData("\"erasureRecipients\": [\"web-library\"]", "\"erasureRecipients\": [\"payroll\"]", "requests.erasureRecipients")]
    [InlineData("\"vtj\": \"none\"", "\"vtj\": \"billing-only\"", "`vtj`")]
    [InlineData("[\"library-system\", \"web-library\"]", "[\"web-library\", \"web-library\"]", "`adapters`")]
    public void R27_A_profile_that_exchanges_data_with_a_system_that_it_does_not_list_does_not_load(string right, string wrong, string key)
    {
        Assert.Contains(right, Text(), StringComparison.Ordinal);

        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(Text().Replace(right, wrong, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_is_not_there_names_those_that_are()
    {
        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Load("nowhere"));

        Assert.Contains("heili, helmet, lastu", problem.Message, StringComparison.Ordinal);
    }

    private static string Text() => File.ReadAllText(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
}
