using System.Text.RegularExpressions;
using KioskLink.Register.Profiles;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Retention;

public sealed class RetentionProfileTests
{
    [Theory]
    [InlineData("lastu")]
    [InlineData("heili")]
    [InlineData("helmet")]
    public void R64_A_profile_without_a_period_for_every_kind_of_data_does_not_load(string name)
    {
        foreach (var rule in Register.Retention.RetentionRules.Names)
        {
            var without = Regex.Replace(Text(name), $$"""(?m)^\s*\{ "rule": "{{rule}}".*\n""", "");
            Assert.NotEqual(Text(name), without);

            var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(without, "mine"));
            Assert.Contains($"\"{rule}\"", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void R64_A_profile_without_any_retention_does_not_load() => Assert.Contains(
        "retention",
        Assert.Throws<ProfileProblem>(() => ProfileReader.Read(Regex.Replace(Text("heili"), """(?ms)^  "retention": \[.*?^  \],""", ""), "mine")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("lastu")]
    [InlineData("heili")]
    [InlineData("helmet")]
    public void R64_Each_shipped_period_says_who_set_it_and_when(string name) =>
        Assert.All(ProfileReader.Load(name).Retention, entry => Assert.True(entry.Basis.Length > 10 && entry.SetOn.Length == 10));

    [Theory]
    [InlineData("\"keep\": \"14 days\"", "\"keep\": \"a while\"", "retention.keep")]
    [InlineData("\"rule\": \"door-log\", \"keep\": \"14 days\"", "\"rule\": \"door-log\", \"keep\": \"1 month\"", "24 hours")]
    [InlineData("\"rule\": \"door-log\", \"keep\": \"14 days\"", "\"rule\": \"door-log\", \"keep\": \"13 days\"", "journalIdentifiableFor")]
    [InlineData("\"rule\": \"door-log\"", "\"rule\": \"doorlog\"", "door-log")]
    [InlineData("\"keep\": \"3 years\", \"when\": \"approved\"", "\"keep\": \"3 years\", \"when\": \"yearly\"", "retention.on")]
    [InlineData("\"keep\": \"3 years\", \"when\": \"approved\"", "\"keep\": \"3 years\", \"when\": \"never\"", "retention.keep")]
    [InlineData("\"rule\": \"item-history\", \"keep\": \"60 days\"", "\"rule\": \"item-history\", \"when\": \"never\"", "retention.when")]
    [InlineData("\"setOn\": \"2023-10-05\"", "\"setOn\": \"some day\"", "retention.setOn")]
    [InlineData("\"channels\": [\"contact-person\", \"tietosuoja@lahti.fi\", \"040 183 4334\", \"data-protection-officer\", \"desk\"]", "\"channels\": []", "requests.channels")]
    public void What_is_wrong_is_told_by_its_key(string right, string wrong, string key)
    {
        Assert.Contains(right, Text("lastu"), StringComparison.Ordinal);

        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(Text("lastu").Replace(right, wrong, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    private static string Text(string name) => File.ReadAllText(Path.Combine(SolutionRoot.Path, $"src/KioskLink.Register/Profiles/{name}.json"));
}
