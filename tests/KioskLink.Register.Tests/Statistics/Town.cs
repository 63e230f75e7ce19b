using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Cards;
using KioskLink.Register.Contacts;
using KioskLink.Register.Jobs;
using KioskLink.Register.Patrons;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Statistics;

/// <summary>Patrons of a register and their entries, written as rows, with what a test knows of them; nights pass with their jobs.</summary>
internal sealed class Town(TestRegister register)
{
    private readonly Dictionary<Person, LocalDate> _left = [];
    private int _entries;
    private int _numbers;

    public List<Person> People { get; } = [];

    /// <summary>Every entry: who, where and when.</summary>
    public List<(Person Who, string Branch, LocalDate Day, int Hour)> Entries { get; } = [];

    public LocalDate Today => OpeningCalendar.DateAt(register.Now);

    public async Task<Person> AddAsync(string born, string group = "adult", Gender gender = Gender.Unspecified, string home = TestRegister.Main)
    {
        var person = new Person(++_numbers, LocalDatePattern.Iso.Parse(born).Value, group, gender, home);
        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Add(new PatronRow
            {
                PatronId = person.Number,
                Consortium = scope.Consortium,
                CustomerId = $"p{person.Number}",
                DateOfBirth = born,
                PatronGroup = group,
                HomeBranch = home,
                CreatedAt = scope.NowMs,
            });
            scope.Db.SaveChanges();
            scope.Db.Add(new CardRow { CardId = person.Number, Consortium = scope.Consortium, PatronId = person.Number, NumberIndex = Guid.NewGuid().ToByteArray(), SealedNumber = [] });
            if (gender != Gender.Unspecified)
            {
                scope.Db.Add(new GenderRow { PatronId = person.Number, Consortium = scope.Consortium, Gender = (int)gender });
            }
        });
        People.Add(person);
        return person;
    }

    /// <summary>A person leaves: what the tables hold goes, as with an erasure.</summary>
    public async Task RemoveAsync(Person person)
    {
        await register.Core.Lane.WriteAsync(scope =>
        {
            foreach (var table in new[] { "genders", "cards", "patrons" })
            {
                Sql.Run(scope.Db, $"DELETE FROM {table} WHERE patron_id = $patron", ("$patron", person.Number));
            }

            Sql.Run(scope.Db, "UPDATE attempts SET card_ref = '' WHERE card_ref = $card", ("$card", $"card-{person.Number}"));
        });
        People.Remove(person);
        _left[person] = Today;
    }

    /// <summary>Whether somebody had left before a day's night was over.</summary>
    public bool GoneBy(Person person, LocalDate day) => _left.TryGetValue(person, out var left) && left < day;

    /// <summary>Somebody is let in today.</summary>
    public async Task EnterAsync(Person person, string branch = TestRegister.Main, int hour = 12)
    {
        var at = (Today + new LocalTime(hour, 5)).InZoneLeniently(OpeningCalendar.Zone).ToInstant();
        await register.Core.Lane.WriteAsync(scope => scope.Db.Add(new AttemptRow
        {
            Consortium = scope.Consortium,
            AttemptId = $"e{++_entries}",
            NodeId = "n",
            BranchId = branch,
            PresentedAt = at.ToUnixTimeMilliseconds(),
            Code = (int)Wire.DecisionCode.Granted,
            CardRef = $"card-{person.Number}",
        }));
        Entries.Add((person, branch, Today, hour));
    }

    /// <summary>Goes on to the next day at four in the morning, after the night's jobs.</summary>
    public async Task NightAsync(bool counted = true)
    {
        register.Time.SetWallClock((Today.PlusDays(1) + new LocalTime(4, 0)).InZoneLeniently(OpeningCalendar.Zone).ToDateTimeOffset());
        var runner = register.Service<JobRunner>();
        foreach (var job in counted ? new[] { "statistics", $"retention-{RetentionRules.DoorLog}" } : [$"retention-{RetentionRules.DoorLog}"])
        {
            Assert.False((await runner.RunAsync(job, "test", CancellationToken.None)).Failed);
        }
    }

    public async Task UntilAsync(LocalDate day, bool counted = true)
    {
        while (Today < day)
        {
            await NightAsync(counted);
        }
    }

    public Task<GetStatisticsResponse> AskAsync(LocalDate from, LocalDate to, StatisticsPart part = StatisticsPart.Unspecified) =>
        AskAsync(LocalDatePattern.Iso.Format(from), LocalDatePattern.Iso.Format(to), part);

    public Task<GetStatisticsResponse> AskAsync(string from, string to, StatisticsPart part = StatisticsPart.Unspecified) => Task.Run(() =>
        register.Service<Register.Disclosures.DisclosureService>().GetStatistics(new GetStatisticsRequest { From = from, To = to, Part = part }, TestCall.Admin()));

    /// <summary>What is told, or null with the field that a refusal names.</summary>
    public async Task<(GetStatisticsResponse? Told, string Refused)> TryAsync(LocalDate from, LocalDate to)
    {
        try
        {
            return (await AskAsync(from, to, StatisticsPart.Patrons), "");
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.InvalidArgument)
        {
            return (null, refusal.Status.Detail);
        }
    }

    /// <summary>Somebody in the town.</summary>
    internal sealed record Person(int Number, LocalDate Born, string Group, Gender Gender, string Home);
}
