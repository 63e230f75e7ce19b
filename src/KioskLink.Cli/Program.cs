using KioskLink.Cli;
using KioskLink.Cli.Output;

return await Kiosklink.RunAsync(args, Terminal.OfProcess(), TimeProvider.System);
