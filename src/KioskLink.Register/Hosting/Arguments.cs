using System.Globalization;
using KioskLink.Register.Samples;

namespace KioskLink.Register.Hosting;

/// <summary>What the program is to do.</summary>
internal enum RegisterTask
{
    /// <summary>Run the register.</summary>
    Serve,

    /// <summary>Write the keys and certificates of a new register.</summary>
    Init,

    /// <summary>Give a stopped register a new master key.</summary>
    RotateKey,

    /// <summary>Fill a stopped register with artificial patrons, for trials of its size.</summary>
    Sample,
}

/// <summary>What the command line asks for.</summary>
/// <param name="ConfigPath">The configuration file.</param>
/// <param name="Task">What to do.</param>
/// <param name="ExitWithStdin">Whether the program ends when its standard input does: then it never outlives the program that started it.</param>
/// <param name="SamplePatrons">Artificial patrons to be made.</param>
/// <param name="SampleAuditRows">Audit rows to be made about them.</param>
/// <param name="Administrator">The account of the person whose certificate init writes; null means the user of the machine.</param>
internal sealed record Arguments(string ConfigPath, RegisterTask Task, bool ExitWithStdin, int SamplePatrons, int SampleAuditRows, string? Administrator)
{
    private const string Usage = "Start the register with `KioskLink.Register --config register.json`, make its keys with `KioskLink.Register init --administrator maija --config register.json`, "
        + "give it a new master key with `KioskLink.Register rotate-key --config register.json`, "
        + "or fill it with artificial patrons with `KioskLink.Register sample --patrons 1000 --audit 0 --config register.json`";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="StartProblem">An argument is missing or unknown.</exception>
    public static Arguments Read(IReadOnlyList<string> args)
    {
        var task = args.Count == 0 ? RegisterTask.Serve : args[0] switch
        {
            "init" => RegisterTask.Init,
            "rotate-key" => RegisterTask.RotateKey,
            "sample" => RegisterTask.Sample,
            _ => RegisterTask.Serve,
        };
        var exitWithStdin = args.Contains("--exit-with-stdin");
        string? config = null;
        string? administrator = null;
        var (patrons, auditRows) = (0, 0);
        var i = task == RegisterTask.Serve ? 0 : 1;
        for (; i < args.Count; i++)
        {
            config = args[i] switch
            {
                "--config" when i + 1 < args.Count => args[++i],
                "--config" => throw new StartProblem($"--config needs the path of a file. {Usage}."),
                "--patrons" when task == RegisterTask.Sample => Take(out patrons, SamplePeople.Max),
                "--audit" when task == RegisterTask.Sample => Take(out auditRows, SampleGenerator.AuditMax),
                "--administrator" when task == RegisterTask.Init && i + 1 < args.Count => Name(out administrator),
                "--administrator" when task == RegisterTask.Init => throw new StartProblem($"--administrator needs a user name. {Usage}."),
                "--exit-with-stdin" => config,
                "--force" => throw new StartProblem("--force is not taken: init never overwrites a key or a certificate; move the old data folder away first."),
                _ => throw new StartProblem($"The argument '{args[i]}' is not known. {Usage}."),
            };
        }

        return config is null
            ? throw new StartProblem($"No configuration file is named. {Usage}.")
            : new Arguments(Path.GetFullPath(config), task, exitWithStdin, patrons, auditRows, administrator);

        string? Name(out string? name)
        {
            name = args[++i];
            return config;
        }

        string? Take(out int count, int max)
        {
            var name = args[i];
            var isNumber = int.TryParse(i + 1 < args.Count ? args[++i] : "", NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= max;
            return isNumber ? config : throw new StartProblem($"{name} needs a number from 0 to {max}. {Usage}.");
        }
    }
}
